//! What may stand in a body.

use super::element::{
    Button, Chart, Container, ControlItem, Divider, Image, InputTableItem, Kpi, Other, Row, Spacer,
    Table, Tabs, TextItem,
};
use super::primitive::Later;
use super::read::macros::items;

items! {
    /// An item of a body. The first key that names a kind decides; `divider` and `spacer` may stand bare.
    pub enum Item {
        Text(TextItem) = "text",
        Image(Image) = "image",
        Divider(Divider) = "divider",
        Spacer(Spacer) = "spacer",
        Button(Button) = "button",
        Control(ControlItem) = "control",
        Table(Table) = "table",
        InputTable(InputTableItem) = "input_table",
        Kpi(Kpi) = "kpi",
        Chart(Chart) = "chart",
        Container(Container) = "container",
        Row(Row) = "row",
        Tabs(Tabs) = "tabs",
        Pivot(Later<Other>) = "pivot",
        ValueList(Later<Other>) = "value_list",
        Map(Later<Other>) = "map",
        Form(Later<Other>) = "form",
        Progress(Later<Other>) = "progress",
        Navigation(Later<Other>) = "navigation",
        Chat(Later<Other>) = "chat",
        Code(Later<Other>) = "code",
        Embed(Later<Other>) = "embed",
        Plugin(Later<Other>) = "plugin",
        Repeat(Later<Other>) = "repeat",
        SingleRow(Later<Other>) = "single_row",
        PageBreak(Later<Other>) = "page_break",
    }
}
