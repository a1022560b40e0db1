//! The header is made from the source and committed.

use std::path::Path;

#[test]
fn the_header_is_that_of_the_source() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(own.join("cbindgen.toml")).expect("the configuration");
    let bindings = cbindgen::Builder::new().with_crate(own).with_config(config).generate().expect("a header");
    let mut header = Vec::new();
    bindings.write(&mut header);
    let (file, header) = (own.join("include/jawab.h"), String::from_utf8(header).expect("text"));
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    if committed != header {
        std::fs::write(&file, &header).expect("the header is written");
        panic!("{} was not that of the source; it is now, commit it", file.display());
    }
}
