//! A workbook file.

use super::action::{Action, Trigger};
use super::control::Control;
use super::data::Query;
use super::element::Footer;
use super::input::InputTable;
use super::item::Item;
use super::primitive::{Entries, Later, OneOrMany, Prose, Raw, Text};
use super::read::macros::{keyword, record};
use crate::span::Spanned;

record! {
    /// A workbook, or a fragment of one for `include` when it has no `workbook` key.
    pub struct Workbook {
        /// Name of the workbook.
        workbook: Option<Text>,
        /// Pins the id.
        id: Option<Text>,
        /// What it is for.
        description: Option<Prose>,
        /// Files merged into this one: paths or globs, relative to the project file.
        include: Option<OneOrMany<Text>>,
        /// Models of data defined elsewhere.
        data_models: Option<Later<Raw>>,
        /// Queries by name.
        queries: Entries<Query>,
        /// Input tables by name.
        input_tables: Entries<InputTable>,
        /// Controls by name.
        controls: Entries<Control>,
        /// Actions by name.
        actions: Entries<Action>,
        /// Modals by name.
        modals: Entries<Overlay>,
        /// Drawers by name.
        drawers: Entries<Overlay>,
        /// Popovers by name.
        popovers: Option<Later<Entries<Overlay>>>,
        /// Pages by name, in order.
        pages: Entries<Page>,
        /// Panels around pages.
        panels: Option<Later<Raw>>,
        /// Looks.
        theme: Option<Later<Raw>>,
        /// Agents and everything else of the platform.
        sigma: Option<Raw>,
    }
}

record! {
    /// A page.
    pub struct Page {
        /// Pins the id.
        id: Option<Text>,
        /// Shown in the page list; the name unless said.
        title: Option<Text>,
        /// What stands on it.
        body: Vec<Item>,
        /// Not in the page list.
        hidden: Option<Spanned<bool>>,
        /// Top panel.
        header: Option<Later<Raw>>,
        /// Side panel.
        sidebar: Option<Later<Raw>>,
        /// Merged last into the exported page.
        sigma: Option<Raw>,
    }
}

record! {
    /// A modal or drawer.
    pub struct Overlay {
        /// Pins the id.
        id: Option<Text>,
        /// Heading; the name unless said.
        title: Option<Prose>,
        /// Size.
        width: Option<Spanned<OverlayWidth>>,
        /// Side of a drawer; right unless said.
        side: Option<Spanned<Side>>,
        /// Main button.
        primary: Option<Footer>,
        /// Second button.
        secondary: Option<Footer>,
        /// Runs after it closes.
        on_close: Option<Trigger>,
        /// Button that opens a popover.
        trigger: Option<Later<Text>>,
        /// What stands in it.
        body: Vec<Item>,
        /// Merged last into the exported overlay.
        sigma: Option<Raw>,
    }
}

keyword! {
    /// Sizes of an overlay.
    pub enum OverlayWidth { Small = "small", Medium = "medium", Large = "large", Full = "full" }
}

keyword! {
    /// Sides of a drawer.
    pub enum Side { Left = "left", Right = "right" }
}
