//! The tables of `vega_datasets` arrive as seeds. Where the package index is not reachable the test says so and passes.

use std::fs::File;
use std::io::read_to_string;
use std::path::Path;

use bookwright_tests::vega::{Fetched, project};

#[test]
fn the_tables_arrive_whole() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vega");
    let folder = match project(&folder).unwrap() {
        Fetched::Project(folder) => folder,
        Fetched::Unreachable(reason) => {
            eprintln!("skipped: vega_datasets cannot be had from PyPI: {reason}");
            return;
        }
    };
    let expected = [
        (
            "cars",
            406,
            "Name,Miles_per_Gallon,Cylinders,Displacement,Horsepower,Weight_in_lbs,Acceleration,Year,Origin",
        ),
        ("barley", 120, "yield,variety,year,site"),
    ];
    for (table, rows, header) in expected {
        let text =
            read_to_string(File::open(folder.join(format!("data/{table}.csv"))).unwrap()).unwrap();
        assert_eq!(text.lines().next(), Some(header));
        assert_eq!(text.lines().count(), rows + 1, "{table}");
    }
}
