//! Codes of YAML.

codes! {}
