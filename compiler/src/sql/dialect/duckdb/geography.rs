//! Geographies on `DuckDB`.

use super::super::table::{Table, refused};

/// Why there are none.
pub(super) const NO_GEOGRAPHIES: &str =
    "the engine has geometries of a plane, in an extension, and none of a sphere";

/// The family.
pub(super) const TABLE: Table = &[
    ("Geography", refused(NO_GEOGRAPHIES)),
    ("MakePoint", refused(NO_GEOGRAPHIES)),
    ("MakeLine", refused(NO_GEOGRAPHIES)),
    ("Longitude", refused(NO_GEOGRAPHIES)),
    ("Latitude", refused(NO_GEOGRAPHIES)),
    ("Distance", refused(NO_GEOGRAPHIES)),
    ("Area", refused(NO_GEOGRAPHIES)),
    ("Perimeter", refused(NO_GEOGRAPHIES)),
    ("Centroid", refused(NO_GEOGRAPHIES)),
    ("Intersects", refused(NO_GEOGRAPHIES)),
    ("Within", refused(NO_GEOGRAPHIES)),
    ("GeoJson", refused(NO_GEOGRAPHIES)),
];
