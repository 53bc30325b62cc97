//! Geographies on `BigQuery`.

use super::super::table::{Table, refused};

/// The family.
pub(super) const TABLE: Table = &[
    ("Geography", refused(NOT_YET)),
    ("MakePoint", refused(NOT_YET)),
    ("MakeLine", refused(NOT_YET)),
    ("Latitude", refused(NOT_YET)),
    ("Longitude", refused(NOT_YET)),
    ("Centroid", refused(NOT_YET)),
    ("Area", refused(NOT_YET)),
    ("Perimeter", refused(NOT_YET)),
    ("Distance", refused(NOT_YET)),
    ("Intersects", refused(NOT_YET)),
    ("Within", refused(NOT_YET)),
    ("GeoJson", refused(NOT_YET)),
];

const NOT_YET: &str =
    "geographies are not written for this engine yet; it measures on a sphere of another radius";
