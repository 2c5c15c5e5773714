//! The facts as a study: `cargo run --release -p hinterland-verification --example facts -- check|quick|prior|search`
//! prints JSON, and says on the way how far it is.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::process::ExitCode;

use verification::facts;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |index: usize, default: usize| arguments.get(index).and_then(|text| text.parse().ok()).unwrap_or(default);
    let ids: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    let progress = |sentence: &str| eprintln!("{sentence}");
    let json = match arguments.first().map(String::as_str) {
        Some("check") => facts::check(&ids, false, &[], &progress).map(|facts| serde_json::to_string_pretty(&facts)),
        Some("quick") => facts::check(&ids, true, &[], &progress).map(|facts| serde_json::to_string_pretty(&facts)),
        Some("prior") => {
            facts::prior_sweep(number(1, 60), number(2, 1), &progress).map(|prior| serde_json::to_string_pretty(&prior))
        }
        Some("search") => facts::search(number(1, 40), number(2, 4), &progress)
            .map(|candidates| serde_json::to_string_pretty(&candidates)),
        _ => {
            eprintln!("say one of: check [SF1 …], quick [SF1 …], prior [DRAWS [SEEDS]], search [DRAWS [SEEDS]]");
            return ExitCode::from(2);
        }
    };
    match json {
        Ok(Ok(json)) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Ok(Err(error)) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
