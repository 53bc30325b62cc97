//! Geographies on Databricks.

use super::super::table::{Table, refused};

const UNCHECKED: &str = "the ST functions of the engine are not in open Spark, so that what they give could not be checked";

/// The family.
pub(super) const TABLE: Table = &[
    ("Geography", refused(UNCHECKED)),
    ("GeoJson", refused(UNCHECKED)),
    ("MakePoint", refused(UNCHECKED)),
    ("MakeLine", refused(UNCHECKED)),
    ("Longitude", refused(UNCHECKED)),
    ("Latitude", refused(UNCHECKED)),
    ("Distance", refused(UNCHECKED)),
    ("Area", refused(UNCHECKED)),
    ("Perimeter", refused(UNCHECKED)),
    ("Centroid", refused(UNCHECKED)),
    ("Intersects", refused(UNCHECKED)),
    ("Within", refused(UNCHECKED)),
];
