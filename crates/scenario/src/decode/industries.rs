//! Industries: the standard five, or those that a scenario lists.

use crate::faults::Problem;
use crate::industry::{INDUSTRIES_MAX, Industry, IndustryParameters, Role};
use crate::reader::Node;
use crate::reading::{Fields, Names, Reading, decode_block, join, source_defaults};
use crate::texts::Span;

/// The industries of a scenario; `None` if the list cannot be read.
pub(crate) fn decode_industries(reading: &mut Reading, root: &mut Fields<'_>) -> Option<Vec<Industry>> {
    let Some(node) = root.take("industries") else {
        let industries = Industry::standard_list();
        for industry in &industries {
            source_defaults(reading, &join("industries", &industry.name), &industry.parameters);
        }
        return Some(industries);
    };
    let nodes = reading.list(node, "industries", "industries")?;
    if nodes.len() > INDUSTRIES_MAX {
        let problem = Problem::TooMany { what: "industries", count: nodes.len(), count_max: INDUSTRIES_MAX };
        reading.fault(node.at, "industries", problem);
        return None;
    }
    let mut industries: Vec<Industry> = Vec::new();
    for node in nodes {
        let Some(industry) = decode_industry(reading, node) else {
            continue;
        };
        if industries.iter().any(|other| other.name == industry.name) {
            let problem =
                Problem::Duplicate { what: "industry", name: industry.name.clone(), first: "this list".into() };
            reading.fault(node.at, "industries", problem);
        } else {
            industries.push(industry);
        }
    }
    if industries.len() == nodes.len() {
        check_combination(reading, node.at, &industries);
    }
    Some(industries)
}

fn decode_industry(reading: &mut Reading, node: &Node) -> Option<Industry> {
    let mut fields = Fields::open(reading, node, "industries")?;
    let name_node = fields.need(reading, "name", "")?;
    let name = reading.text(name_node, "industries.name")?;
    let word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) || !name.chars().all(word) || name.len() > 60 {
        reading.wrong_type(name_node, "industries.name", "a word of letters, digits and `_`");
        return None;
    }
    fields.path = join("industries", &name);
    let standard = Industry::standard(&name);
    let role_node = fields.take("role");
    let role = role_node
        .and_then(|node| reading.choice(node, &fields.path("role"), "role", Role::NAMES))
        .and_then(Role::named);
    if let (Some(node), Some(role), Some(standard)) = (role_node, role, &standard)
        && role != standard.role
    {
        let rule = "a standard industry keeps its role; give the industry another name";
        reading.fault(node.at, &fields.path("role"), Problem::InvalidCombination { rule });
    }
    let mut industry = standard.unwrap_or_else(|| Industry {
        name: name.clone(),
        role: role.unwrap_or(Role::Goods),
        parameters: IndustryParameters::default(),
    });
    decode_block(reading, &mut fields, &Names::default(), &mut industry.parameters, None);
    source_defaults(reading, &fields.path, &industry.parameters);
    let at = fields.at;
    let path = fields.path.clone();
    fields.close(reading);
    check_cost(reading, at, &path, &industry);
    Some(industry)
}

fn check_cost(reading: &mut Reading, at: Span, path: &str, industry: &Industry) {
    if !matches!(industry.role, Role::Goods | Role::ProducerServices) {
        return;
    }
    let numbers = &industry.parameters;
    let sum = numbers.labour_share + numbers.land_share + numbers.capital_share + numbers.producer_service_share;
    if (sum - 1.0).abs() > 1e-9 {
        let parts = format!(
            "labour {}, land {}, capital {}, producer services {}",
            numbers.labour_share, numbers.land_share, numbers.capital_share, numbers.producer_service_share
        );
        reading.fault(at, path, Problem::Shares { what: "shares of cost", sum, parts });
    }
}

fn check_combination(reading: &mut Reading, at: Span, industries: &[Industry]) {
    let count = |role: Role| industries.iter().filter(|industry| industry.role == role).count();
    let mut rules = Vec::new();
    if count(Role::Agriculture) != 1 {
        rules.push("there must be exactly one industry with the role Agriculture, such as (name: \"agriculture\")");
    }
    if count(Role::Goods) == 0 {
        rules.push("there must be an industry with the role Goods");
    }
    if count(Role::ProducerServices) > 1 {
        rules.push("there can be only one industry with the role ProducerServices");
    }
    if count(Role::ConsumerServices) > 1 {
        rules.push("there can be only one industry with the role ConsumerServices");
    }
    if industries.iter().filter(|industry| industry.parameters.in_towns).count() > 1 {
        rules.push("only one industry can be in towns");
    }
    for rule in rules {
        reading.fault(at, "industries", Problem::InvalidCombination { rule });
    }
}
