//! The program `hinterland`.

fn main() -> std::process::ExitCode {
    cli::main()
}
