//! The page of `web/` is carried inside the program: built anew where the page was.

fn main() {
    // The folder is there also where the page was not built: an embedded folder must exist.
    let _ = std::fs::create_dir_all("web/dist");
    println!("cargo::rerun-if-changed=web/dist");
    println!("cargo::rerun-if-changed=build.rs");
}
