//! `hinterland verify`: theory against simulation, fact by fact.

use std::path::PathBuf;

use clap::Args;
use ensembles::runs::Workers;
use verification::parameters::{Change, check_names, nearest};
use verification::{Case, Effort, Report, VerificationError, cases, facts, text};

use crate::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::progress::Steps;

/// All stylised facts.
const FACTS: &str = "facts";
/// The prior sweep.
const PRIOR: &str = "prior";
/// The search for the shipped parameters.
const SEARCH: &str = "search";
/// Draws of a prior sweep, and its seeds, quick and in full.
const PRIOR_DRAWS: [(usize, usize); 2] = [(12, 1), (60, 1)];
/// Sets of parameters that a search tries, and seeds of each, quick and in full.
const SEARCH_DRAWS: [(usize, usize); 2] = [(4, 2), (40, 6)];

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  hinterland verify --list
  hinterland verify --quick
  hinterland verify core-periphery --set sigma=6 --set mu=0.35
  hinterland verify SF2 SF7
  hinterland verify facts --json
  hinterland verify prior

Exit codes: 0 all agree, 1 something differs or a run failed, 2 the usage is wrong.")]
pub(crate) struct Verify {
    /// Cases: theories, `facts` or single facts (SF1 to SF10), `prior`, `search` [default: all theories and facts].
    #[arg(value_name = "CASE")]
    cases: Vec<String>,
    /// Set a parameter of a case, or (with a dot in its name) a field of the facts' scenario; can be given several times.
    #[arg(long = "set", value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// Fewer agents and seeds: under three minutes for everything.
    #[arg(long)]
    quick: bool,
    /// Explain each case in two sentences, with its source and parameters.
    #[arg(long)]
    list: bool,
    /// Print the verdicts as JSON.
    #[arg(long)]
    json: bool,
    /// Keep the folder of every run of theories and facts in this folder; `hinterland run` on its scenario.ron gives the same state.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Write verification.md, its figures and its charts to this folder.
    #[arg(long, value_name = "DIR")]
    page: Option<PathBuf>,
    /// Print no progress.
    #[arg(long, short)]
    quiet: bool,
}

/// What was asked for.
struct Chosen {
    theories: Vec<&'static dyn Case>,
    facts: Option<Vec<String>>,
    prior: bool,
    search: bool,
}

impl From<VerificationError> for Failure {
    fn from(error: VerificationError) -> Self {
        match error {
            VerificationError::Run(error) => error.into(),
            VerificationError::Keep(error) => error.into(),
            VerificationError::Scenario(faults) => (*faults).into(),
            error => Self::wrong(format!("error: {error}")),
        }
    }
}

impl From<facts::FactError> for Failure {
    fn from(error: facts::FactError) -> Self {
        match error {
            facts::FactError::Run(error) => error.into(),
            error => Self::wrong(format!("error: {error}")),
        }
    }
}

impl Verify {
    pub(crate) fn execute(&self, console: &Console) -> Outcome {
        if self.list {
            console.print(&text::list(&cases(), &others()));
            return Ok(());
        }
        let chosen = self.chosen()?;
        let (paths, changes): (Vec<Change>, Vec<Change>) = self
            .set
            .iter()
            .map(|text| Change::parse(text))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .partition(Change::is_path);
        let declared: Vec<_> = chosen.theories.iter().flat_map(|case| case.parameters()).collect();
        check_names(&declared, &changes)?;
        if !paths.is_empty() && chosen.facts.is_none() {
            return Err(Failure::wrong(format!(
                "error: --set {}: only facts take fields of a scenario; name a parameter of the case (--list shows them)",
                paths[0].text()
            )));
        }
        let paths: Vec<String> = paths.iter().map(Change::text).collect();
        let reports = self.reports(console, &chosen, &changes, &paths)?;
        if self.json {
            let json = serde_json::to_string_pretty(&reports).unwrap_or_default();
            console.print(&json);
        }
        if let Some(folder) = &self.page {
            verification::write_page(&reports, folder)
                .map_err(|error| Failure::wrong(format!("error: {}: {error}", folder.display())))?;
        }
        let differ: Vec<&str> =
            reports.iter().filter(|report| !report.ok()).map(|report| report.case.as_str()).collect();
        if differ.is_empty() { Ok(()) } else { Err(Failure::differs(&differ)) }
    }

    /// Runs everything, in the order of the list; each is printed as soon as it is done, unless as JSON.
    fn reports(
        &self,
        console: &Console,
        chosen: &Chosen,
        changes: &[Change],
        paths: &[String],
    ) -> Result<Vec<Report>, Failure> {
        let effort = Effort { quick: self.quick, keep: self.keep.clone(), workers: Workers::of_machine()? };
        let steps = Steps::new(console, self.quiet);
        let progress = |what: &str| steps.say(what);
        let pick = |draws: [(usize, usize); 2]| draws[usize::from(!self.quick)];
        let mut reports = Vec::new();
        let mut keep = |report: Report| {
            if !self.json {
                steps.show(&format!("{}\n", text::report(&report)));
            }
            reports.push(report);
        };
        for case in &chosen.theories {
            progress(case.name());
            keep(verification::verify(*case, changes, &effort)?);
        }
        if let Some(ids) = &chosen.facts {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            keep(verification::verify_facts(facts::check(
                &ids,
                self.quick,
                paths,
                self.keep.as_deref(),
                &effort.workers,
                &progress,
            )?));
        }
        if chosen.prior {
            let (draws, seeds) = pick(PRIOR_DRAWS);
            keep(verification::verify_prior(facts::prior_sweep(draws, seeds, &effort.workers, &progress)?));
        }
        if chosen.search {
            let (draws, seeds) = pick(SEARCH_DRAWS);
            let candidates = facts::search(draws, seeds, &effort.workers, &progress)?;
            steps.show(&serde_json::to_string_pretty(&candidates).unwrap_or_default());
        }
        Ok(reports)
    }

    fn chosen(&self) -> Result<Chosen, Failure> {
        let all = cases();
        if self.cases.is_empty() {
            return Ok(Chosen { theories: all, facts: Some(Vec::new()), prior: false, search: false });
        }
        let mut chosen = Chosen { theories: Vec::new(), facts: None, prior: false, search: false };
        for name in &self.cases {
            let is_fact = facts::known().iter().any(|(id, _)| id.eq_ignore_ascii_case(name));
            match name.as_str() {
                FACTS => chosen.facts = Some(facts::known().iter().map(|(id, _)| (*id).to_owned()).collect()),
                PRIOR => chosen.prior = true,
                SEARCH => chosen.search = true,
                _ if is_fact => chosen.facts.get_or_insert_default().push(name.to_uppercase()),
                _ => match all.iter().find(|case| case.name() == name) {
                    Some(case) => chosen.theories.push(*case),
                    None => return Err(unknown(name, &all).into()),
                },
            }
        }
        Ok(chosen)
    }
}

fn unknown(name: &str, all: &[&dyn Case]) -> VerificationError {
    let facts = facts::known();
    let names = all.iter().map(|case| case.name()).chain([FACTS, PRIOR, SEARCH]).chain(facts.iter().map(|(id, _)| *id));
    let known: Vec<String> = names.map(str::to_owned).collect();
    VerificationError::UnknownCase { name: name.to_owned(), nearest: nearest(name, &known), known }
}

/// Cases that are no theory, with what they are.
fn others() -> Vec<(&'static str, &'static str)> {
    let mut others = vec![(
        FACTS,
        "All stylised facts on configs/central-plains.ron, each tested over fresh seeds and against ablations in which it must fail. Single ones by name:",
    )];
    others.extend(facts::known());
    others.extend([
        (PRIOR, "The share of plausible parameters in which each fact holds. A fact that lives only at the default is no fact."),
        (SEARCH, "The parameters of configs/central-plains.ron beside other sets within the plausible ranges, tried on seeds from 1, as JSON."),
    ]);
    others
}
