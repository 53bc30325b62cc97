//! Geographies on `BigQuery`.

use super::super::table::{Table, refused};

/// The family.
pub(super) const TABLE: Table = &[
    ("Geography", refused(UNCHECKED)),
    ("MakePoint", refused(UNCHECKED)),
    ("MakeLine", refused(UNCHECKED)),
    ("Latitude", refused(UNCHECKED)),
    ("Longitude", refused(UNCHECKED)),
    ("Centroid", refused(UNCHECKED)),
    ("Area", refused(UNCHECKED)),
    ("Perimeter", refused(UNCHECKED)),
    ("Distance", refused(UNCHECKED)),
    ("Intersects", refused(UNCHECKED)),
    ("Within", refused(UNCHECKED)),
    ("GeoJson", refused(UNCHECKED)),
];

const UNCHECKED: &str =
    "nothing off the cloud could check its geographies, and its sphere has another radius";
