//! Every kind of chart, in both languages, equals the picture that is kept of it, and no two texts stand on each other.
//!
//! `UPDATE_GOLDEN=1 cargo test --release -p hinterland-figures` writes the pictures again, and fails once so that they
//! are looked at.

use std::path::PathBuf;

use figures::{
    Across, Bar, Bars, Change, Column, Columns, Figure, Flow, Flows, Head, Language, Line, Lines, Map, Marks, Messages,
    Outline, Part, Parts, Place, Row, Rule, Step, Swing, Tornado, Waterfall,
};

const BOTH: [Language; 2] = [Language::English, Language::Chinese];
const CITIES: [(&str, &str, f64, f64, f64, f64); 6] = [
    ("Zhengzhou", "郑州", 113.6, 34.7, 5.9e6, 0.63),
    ("Luoyang", "洛阳", 112.4, 34.6, 2.9e6, 0.45),
    ("Kaifeng", "开封", 114.3, 34.8, 1.7e6, 0.36),
    ("Nanyang", "南阳", 112.5, 33.0, 3.4e6, 0.33),
    ("Xinyang", "信阳", 114.1, 32.1, 2.1e6, 0.34),
    ("Anyang", "安阳", 114.4, 36.1, 2.0e6, 0.39),
];

fn head(language: Language, name: &str, what: [&str; 2]) -> Head {
    let of = |pair: [&str; 2]| pair[language as usize].to_owned();
    Head {
        name: name.to_owned(),
        what: of(what),
        about: of(["Henan, 2010 to 2020", "河南，2010至2020年"]),
        source: of(["simulated, 16 seeds", "模拟，16个种子"]),
    }
}

fn word(language: Language, english: &str, chinese: &str) -> String {
    match language {
        Language::English => english.to_owned(),
        Language::Chinese => chinese.to_owned(),
    }
}

/// Paths of sixteen runs that differ by a regular pattern.
fn runs(start: f64, rise: f64) -> Vec<Vec<f64>> {
    let run = |seed: i32| {
        let own = f64::from(seed - 8) * 0.002;
        (0..11).map(|year| start + (rise + own) * f64::from(year) / 10.0).collect()
    };
    (0..16).map(run).collect()
}

fn lines(language: Language) -> Lines {
    let years: Vec<f64> = (2010..=2020).map(f64::from).collect();
    let base = word(language, "as it is", "现状");
    let open = word(language, "open settlement", "放开落户");
    Lines {
        head: head(language, "lines", ["Urban share", "城镇化率"]),
        unit: "share".into(),
        across: Across::Years,
        lines: vec![
            Line::of_runs("A", &base, 0, &years, &runs(0.43, 0.12)),
            Line::of_runs("B", &open, 1, &years, &runs(0.43, 0.17)),
        ],
        rules: vec![Rule { at: 2014.0, name: word(language, "reform", "改革") }],
        span: None,
        limits: None,
        differences: false,
        change: Some(Change { policy: word(language, "Reform", "改革"), effect: 0.05, low: 0.04, high: 0.06 }),
    }
}

/// What a live page starts from: the axes of a known span, and nothing on them yet.
fn scaffold(language: Language) -> Lines {
    let mut lines = lines(language);
    lines.head.name = "scaffold".into();
    lines.lines.iter_mut().for_each(|line| {
        line.points.clear();
        line.fans.clear();
    });
    Lines { span: Some((2010.0, 2030.0)), limits: Some((0.4, 0.7)), change: None, ..lines }
}

fn bars(language: Language) -> Bars {
    let bar = |(english, chinese, ..): (&str, &str, f64, f64, f64, f64), value: f64| Bar {
        name: word(language, english, chinese),
        value,
        interval: Some((value - 0.9, value + 0.9)),
    };
    let values = [4.2, 1.1, -0.6, -2.4, 0.3, f64::NAN];
    Bars {
        head: head(language, "bars", ["Wage", "工资"]),
        unit: "constant yuan per year".into(),
        changes: true,
        bars: CITIES.into_iter().zip(values).map(|(city, value)| bar(city, value)).collect(),
    }
}

fn parts(language: Language) -> Parts {
    let row = |english: &str, chinese: &str, shares: [f64; 3]| Row {
        name: word(language, english, chinese),
        shares: shares.to_vec(),
    };
    Parts {
        head: head(language, "parts", ["Gains", "得失"]),
        parts: vec![
            Part::Colour(word(language, "better off", "受益"), 0),
            Part::Neutral(word(language, "unchanged", "不变")),
            Part::Colour(word(language, "worse off", "受损"), 1),
        ],
        rows: vec![
            row("everyone", "所有人", [0.31, 0.05, 0.64]),
            row("migrants", "流动人口", [0.72, 0.0, 0.28]),
            row("rural people", "农村居民", [0.18, 0.07, 0.75]),
        ],
        gains: true,
    }
}

fn composition(language: Language) -> Parts {
    let row = |(english, chinese, ..): (&str, &str, f64, f64, f64, f64), first: f64| Row {
        name: word(language, english, chinese),
        shares: vec![first, 0.5 - 0.5 * first, 0.5 - 0.5 * first],
    };
    Parts {
        head: head(language, "composition", ["Industries", "产业"]),
        parts: vec![
            Part::Colour(word(language, "labour-intensive", "劳动密集型"), 0),
            Part::Colour(word(language, "capital-intensive", "资本密集型"), 1),
            Part::Colour(word(language, "producer services", "生产性服务业"), 2),
        ],
        rows: CITIES.into_iter().zip([0.2, 0.3, 0.42, 0.5, 0.47, 0.38]).map(|(city, part)| row(city, part)).collect(),
        gains: false,
    }
}

fn columns(language: Language) -> Columns {
    let names = [("poorest", "最低"), ("second", "次低"), ("third", "中间"), ("fourth", "次高"), ("richest", "最高")];
    let column = |((english, chinese), value): ((&str, &str), f64)| Column {
        name: word(language, english, chinese),
        value,
        interval: (value - 30.0, value + 30.0),
    };
    Columns {
        head: head(language, "columns", ["Worth", "等值变化"]),
        unit: "constant yuan per person and year".into(),
        columns: names.into_iter().zip([-120.0, -80.0, 15.0, 140.0, 310.0]).map(column).collect(),
    }
}

fn waterfall(language: Language) -> Waterfall {
    let step = |english: &str, chinese: &str, value: f64| Step { name: word(language, english, chinese), value };
    Waterfall {
        head: head(language, "waterfall", ["Worth", "等值变化"]),
        unit: "constant yuan per person and year".into(),
        from: None,
        steps: vec![
            step("wages", "工资", 210.0),
            step("rents", "租金", -95.0),
            step("levy", "征费", -240.0),
            step("services", "公共服务", 60.0),
        ],
        to: step("worth", "等值变化", -65.0),
    }
}

fn tornado(language: Language) -> Tornado {
    let swing = |name: &str, low: f64, high: f64| Swing {
        name: name.to_owned(),
        low: ("0.5".into(), low),
        high: ("2.0".into(), high),
    };
    Tornado {
        head: head(language, "tornado", ["Urban share", "城镇化率"]),
        unit: "share".into(),
        base: Some(0.52),
        swings: vec![
            swing("congestion.crowding_cost", 0.55, 0.50),
            swing("migrant_location.precision", 0.44, 0.58),
            swing("networks.strength", 0.52, 0.53),
        ],
    }
}

fn places(language: Language) -> Vec<Place> {
    let place = |(english, chinese, x, y, ..): (&str, &str, f64, f64, f64, f64)| {
        let ring = [(-0.5, -0.4), (0.5, -0.4), (0.5, 0.4), (-0.5, 0.4)].map(|(dx, dy)| (x + dx, y + dy)).to_vec();
        Place { name: word(language, english, chinese), at: (x, y), outline: Outline { rings: vec![ring] } }
    };
    CITIES.into_iter().map(place).collect()
}

fn circles(language: Language) -> Map {
    Map {
        head: head(language, "map-circles", ["Urban share", "城镇化率"]),
        unit: "share".into(),
        places: places(language),
        marks: Marks::Circles {
            what: word(language, "city people", "城镇人口"),
            unit: "persons".into(),
            counts: CITIES.map(|city| city.4).to_vec(),
        },
        rates: CITIES.map(|city| city.5).to_vec(),
        changes: false,
    }
}

fn areas(language: Language) -> Map {
    let map = circles(language);
    Map { head: head(language, "map-areas", ["Urban share", "城镇化率"]), marks: Marks::Areas, ..map }
}

fn difference(language: Language) -> Map {
    let map = areas(language);
    let rates = vec![0.031, 0.004, -0.011, -0.019, f64::NAN, 0.0];
    Map { head: head(language, "map-difference", ["Urban share", "城镇化率"]), rates, changes: true, ..map }
}

fn flows(language: Language) -> Flows {
    let pairs = (0..7_usize).flat_map(|from| (0..7_usize).map(move |to| (from, to)));
    let all = pairs.map(|(from, to)| Flow { from, to, value: 1000.0 * (from + 2 * to) as f64 });
    Flows {
        head: head(language, "flows", ["Moves", "流动"]),
        unit: "workers".into(),
        places: places(language),
        elsewhere: Some(word(language, "outside", "省外")),
        flows: all.collect(),
    }
}

fn all(language: Language) -> Vec<Figure> {
    let messages = Messages::new(language, "");
    vec![
        lines(language).figure(&messages),
        scaffold(language).figure(&messages),
        bars(language).figure(&messages),
        parts(language).figure(&messages),
        composition(language).figure(&messages),
        columns(language).figure(&messages),
        waterfall(language).figure(&messages),
        tornado(language).figure(&messages),
        circles(language).figure(&messages),
        areas(language).figure(&messages),
        difference(language).figure(&messages),
        flows(language).figure(&messages),
    ]
}

#[test]
fn every_figure_is_the_one_that_is_kept() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut differ = Vec::new();
    for language in BOTH {
        let messages = Messages::new(language, "");
        for figure in all(language) {
            for (ending, text) in [("svg", figure.svg()), ("html", figure.html(&messages))] {
                let name = format!("{}.{}.{ending}", figure.name, language.tag());
                let path = folder.join(&name);
                if std::fs::read_to_string(&path).unwrap_or_default() != text {
                    if update {
                        std::fs::write(&path, text).expect("a golden file can be written");
                    }
                    differ.push(name);
                }
            }
        }
    }
    assert!(differ.is_empty(), "differ from tests/golden (UPDATE_GOLDEN=1 writes them again): {differ:?}");
}

#[test]
fn titles_have_at_most_ten_words_and_figures_hold_no_colour_of_their_own() {
    for figure in BOTH.into_iter().flat_map(all) {
        assert!(figure.finding.split(' ').count() <= 10, "{}", figure.finding);
        assert!(figure.finding.chars().count() <= 70, "{}", figure.finding);
        let html = figure.html(&Messages::new(Language::English, ""));
        assert!(
            !html.contains("fill=\"#") && !html.contains("stroke=\"#") && !html.contains("style="),
            "{}",
            figure.name
        );
        assert!(!html.contains("NaN") && !html.contains("inf\""), "{}", figure.name);
        assert!(figure.table.rows.iter().all(|row| row.len() == figure.table.fields.len()), "{}", figure.name);
    }
}

/// Boxes of the texts of a drawing: left, top, right, bottom, and the text.
fn boxes(body: &str) -> Vec<([f64; 4], String)> {
    let value = |tag: &str, name: &str| -> f64 {
        let from = tag.split_once(&format!(" {name}=\"")).expect("a text has a position").1;
        from.split('"').next().and_then(|number| number.parse().ok()).expect("a position is a number")
    };
    let letter = |letter: char| match letter {
        ' ' | '.' | ',' | 'i' | 'l' | 'I' | 'f' | 't' => 0.34,
        letter if u32::from(letter) >= 0x2e80 => 1.0,
        _ => 0.56,
    };
    let one = |part: &str| {
        let (tag, rest) = part.split_once('>').expect("a tag ends");
        let text = rest.split('<').next().unwrap_or_default().to_owned();
        let width = 12.0 * text.chars().map(letter).sum::<f64>();
        let (x, y) = (value(tag, "x"), value(tag, "y"));
        let left = match tag {
            tag if tag.contains("\"middle\"") => x - 0.5 * width,
            tag if tag.contains("\"end\"") => x - width,
            _ => x,
        };
        ([left, y - 9.0, left + width, y + 2.0], text)
    };
    body.split("<text").skip(1).map(one).collect()
}

#[test]
fn no_two_texts_stand_on_each_other_and_none_leaves_the_drawing() {
    for figure in BOTH.into_iter().flat_map(all) {
        let boxes = boxes(&figure.drawing.body);
        let (width, height) = figure.drawing.size;
        for (at, (one, text)) in boxes.iter().enumerate() {
            let inside = one[0] >= -1.0 && one[1] >= -1.0 && one[2] <= width + 2.0 && one[3] <= height + 1.0;
            assert!(inside, "{}: {text} at {one:?}", figure.name);
            for (other, beside) in &boxes[..at] {
                let meet = one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
                assert!(!meet, "{}: `{text}` and `{beside}`", figure.name);
            }
        }
    }
}

#[test]
fn a_script_can_add_points_in_units_of_the_data() {
    for language in BOTH {
        let html = scaffold(language).figure(&Messages::new(language, "")).html(&Messages::new(language, ""));
        assert!(html.contains("viewBox=\"2010 -70 20 30\" preserveAspectRatio=\"none\""), "{html}");
        for key in ["A", "B"] {
            assert!(html.contains(&format!("data-line=\"{key}\" data-factor=\"100\" d=\"\"")), "{html}");
        }
    }
}
