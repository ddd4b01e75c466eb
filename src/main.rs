//! The program: everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    passage::cli::run(std::env::args_os(), &mut std::io::stdout())
}
