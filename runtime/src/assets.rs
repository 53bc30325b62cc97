//! The bundle of the page, embedded by `build.rs`. Empty when it could not be built; the server then draws the page
//! itself, without its interactive part.

/// One embedded file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asset {
    /// Content as built, not compressed.
    pub bytes: &'static [u8],
    /// Value of the `content-type` header.
    pub content_type: &'static str,
    /// The name carries a content hash, so a browser may keep the file for ever.
    pub immutable: bool,
}

/// What the page shell must load. Paths are relative to `/assets/`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Module to start.
    pub script: &'static str,
    /// Style sheets, in order.
    pub styles: &'static [&'static str],
    /// Modules that the script imports at once, and the font of the first text.
    pub preload: &'static [&'static str],
}

/// The tables that the build script writes: `FILES` (sorted by path), `ENTRY`, `HASH`.
mod embedded {
    use super::{Asset, Entry};

    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}

/// The file at a path relative to `/assets/`, such as `main-D35rh318.css`.
pub fn get(path: &str) -> Option<Asset> {
    let at = embedded::FILES
        .binary_search_by(|(name, _)| (*name).cmp(path))
        .ok()?;
    embedded::FILES.get(at).map(|(_, asset)| *asset)
}

/// What to load; `None` without a bundle.
pub fn entry() -> Option<Entry> {
    embedded::ENTRY
}

/// Hash of the bundle's sources; empty without a bundle.
pub fn hash() -> &'static str {
    embedded::HASH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_entry_is_embedded() {
        let Some(entry) = entry() else {
            assert_eq!(hash(), "");
            return;
        };
        assert!(!hash().is_empty());
        for path in entry
            .styles
            .iter()
            .chain(entry.preload)
            .chain([&entry.script])
        {
            let asset = get(path).unwrap_or_else(|| panic!("{path} is not embedded"));
            assert!(!asset.bytes.is_empty());
            assert!(asset.immutable, "{path} has no hash in its name");
        }
        assert!(
            get(entry.script)
                .unwrap()
                .content_type
                .starts_with("text/javascript")
        );
    }

    #[test]
    fn unknown_paths_and_the_build_s_own_files_are_not_served() {
        for path in ["", "nothing.js", "../Cargo.toml", "manifest.json", ".stamp"] {
            assert_eq!(get(path), None, "{path}");
        }
    }
}
