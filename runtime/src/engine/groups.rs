//! A grouped table as one list: the tree of its groups, open or closed, page by page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bookwright_compiler::bind::Bindings;
use bookwright_compiler::plan::element::{DataElement, View};
use bookwright_compiler::plan::relation::Expr;
use bookwright_compiler::value::Value;
use serde_json::Value as Json;

use super::derive::{Derived, all, any, is};
use super::flat::Sorts;
use super::{Engine, EngineError, ROWS, wire};
use crate::adapter::Batch;
use crate::protocol::query::{RowKind, Table, Want};

/// Open groups up to which only their children are asked for; beyond, the whole level is.
const FILTERED_GROUPS: usize = 64;

/// The rows of one level, or the base rows.
struct Tier<'a> {
    view: &'a View,
    batch: Arc<Batch>,
    /// Key path of each group; empty for base rows.
    paths: Vec<String>,
    /// Rows by the key path of their parent, in order.
    children: BTreeMap<String, Vec<usize>>,
}

/// Which groups show what is in them.
struct Open<'a> {
    listed: Option<BTreeSet<&'a str>>,
    toggled: BTreeSet<&'a str>,
}

impl<'a> Open<'a> {
    fn of(want: &'a Want) -> Self {
        let set = |paths: &'a Vec<String>| paths.iter().map(String::as_str).collect();
        Self {
            listed: want.open.as_ref().map(set),
            toggled: set(&want.toggled),
        }
    }

    /// Without a list every group is open, but not to its base rows. What was toggled is the other way round.
    fn is_open(&self, path: &str, beneath_is_base: bool) -> bool {
        let listed = self.listed.as_ref();
        listed.map_or(!beneath_is_base, |open| open.contains(path)) != self.toggled.contains(path)
    }
}

/// A row of the flattened tree.
struct Flat {
    tier: usize,
    row: usize,
    kind: RowKind,
}

/// The flattened tree of groups.
pub(super) struct Tree<'a> {
    tiers: Vec<Tier<'a>>,
    rows: Vec<Flat>,
}

impl Tree<'_> {
    /// The cells that each row shows, with their columns: those of its own level.
    pub(super) fn cells<'b>(
        &'b self,
        data: &'b DataElement,
    ) -> impl Iterator<Item = Vec<(usize, &'b Value)>> {
        self.rows.iter().map(move |flat| {
            let Some(tier) = self.tiers.get(flat.tier) else {
                return Vec::new();
            };
            let own = |index: &usize| {
                let level = data.columns.get(*index).and_then(|column| column.level);
                level.unwrap_or(data.levels.len()) == flat.tier
            };
            let columns = tier.view.columns.iter().zip(&tier.batch.columns);
            columns
                .filter(|(index, _)| own(index))
                .filter_map(|(index, cells)| Some((*index, cells.get(flat.row)?)))
                .collect()
        })
    }
}

impl Engine {
    /// The page of the flattened tree that was asked for.
    pub(super) async fn grouped(
        &self,
        data: &DataElement,
        want: &Want,
        bindings: &Bindings,
    ) -> Result<Table, EngineError> {
        let tree = self.tree(data, want, bindings).await?;
        Ok(page(&tree.tiers, &tree.rows, want))
    }

    /// The whole tree, as far as its groups are open.
    pub(super) async fn tree<'a>(
        &self,
        data: &'a DataElement,
        want: &Want,
        bindings: &Bindings,
    ) -> Result<Tree<'a>, EngineError> {
        let open = Open::of(want);
        let views = views(data);
        let mut tiers: Vec<Tier<'a>> = Vec::new();
        for (depth, view) in views.iter().enumerate() {
            let is_base = depth == data.levels.len();
            let level = (!is_base).then_some(depth);
            let mut predicate = None;
            if let Some(above) = tiers.last() {
                let parents = open_rows(above, &open, is_base);
                if parents.is_empty() {
                    break;
                }
                // By default all groups above the base rows are open.
                let some = open.listed.is_some() || is_base;
                let few = some && parents.len() <= FILTERED_GROUPS;
                predicate = few
                    .then(|| self.beneath(data, view, depth, above, &parents))
                    .flatten();
            }
            let derived = self.ordered(data, view, Sorts::Of(level), want, predicate);
            let batch = self.run(&derived, bindings, ROWS).await?;
            tiers.push(tier(data, view, batch, depth));
        }
        let mut rows = Vec::new();
        let walk = Walk {
            tiers: &tiers,
            views: views.len(),
            levels: data.levels.len(),
            open: &open,
        };
        walk.flatten(0, "[]", &mut rows);
        Ok(Tree { tiers, rows })
    }

    /// Rows that stand in one of these groups of the tier above.
    fn beneath(
        &self,
        data: &DataElement,
        view: &View,
        depth: usize,
        above: &Tier<'_>,
        parents: &[usize],
    ) -> Option<Expr> {
        let columns = Derived::of(&self.plan.nodes, view.node);
        let here = keys(data, view, depth)?;
        let there = keys(data, above.view, depth)?;
        let groups = parents.iter().map(|row| {
            let same = here.iter().zip(&there).map(|(here, there)| {
                let value = above
                    .batch
                    .columns
                    .get(*there)
                    .and_then(|column| column.get(*row));
                is(columns.column(*here), value.cloned().unwrap_or(Value::Null))
            });
            all(same.collect())
        });
        Some(any(groups.collect()))
    }
}

/// Views of the levels, outermost first, then of the base rows when they can be told apart by group.
fn views(data: &DataElement) -> Vec<&View> {
    let levels = data.levels.iter().map(|level| &level.view);
    let base = data
        .base
        .as_ref()
        .filter(|base| keys(data, base, data.levels.len()).is_some());
    levels.chain(base).collect()
}

/// Places in a view of the keys of the levels above `depth`; `None` when one is missing.
fn keys(data: &DataElement, view: &View, depth: usize) -> Option<Vec<usize>> {
    let columns = data.levels.iter().take(depth).flat_map(|level| &level.keys);
    columns
        .map(|key| view.columns.iter().position(|column| column == key))
        .collect()
}

fn tier<'a>(data: &DataElement, view: &'a View, batch: Arc<Batch>, depth: usize) -> Tier<'a> {
    let path = |places: &[usize], row: usize| {
        let cell = |place: &usize| {
            batch
                .columns
                .get(*place)
                .and_then(|column| column.get(row))
                .map_or(Json::Null, wire::cell)
        };
        Json::Array(places.iter().map(cell).collect()).to_string()
    };
    let parents = keys(data, view, depth).unwrap_or_default();
    let own = if depth < data.levels.len() {
        keys(data, view, depth + 1)
    } else {
        None
    };
    let mut children: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in 0..batch.rows {
        children.entry(path(&parents, row)).or_default().push(row);
    }
    let paths = (0..batch.rows)
        .map(|row| own.as_ref().map_or_else(String::new, |own| path(own, row)))
        .collect();
    Tier {
        view,
        batch,
        paths,
        children,
    }
}

fn open_rows(tier: &Tier<'_>, open: &Open<'_>, beneath_is_base: bool) -> Vec<usize> {
    let rows = tier.paths.iter().enumerate();
    rows.filter(|(_, path)| open.is_open(path, beneath_is_base))
        .map(|(row, _)| row)
        .collect()
}

struct Walk<'a> {
    tiers: &'a [Tier<'a>],
    views: usize,
    levels: usize,
    open: &'a Open<'a>,
}

impl Walk<'_> {
    /// Appends the rows beneath `parent`; as deep as there are levels.
    fn flatten(&self, depth: usize, parent: &str, out: &mut Vec<Flat>) {
        let Some(tier) = self.tiers.get(depth) else {
            return;
        };
        let beneath = depth + 1;
        for &row in tier.children.get(parent).into_iter().flatten() {
            let path = tier.paths.get(row).map_or("", String::as_str);
            let kind = if beneath >= self.views {
                RowKind::Leaf
            } else if self.open.is_open(path, beneath == self.levels) {
                RowKind::Open
            } else {
                RowKind::Closed
            };
            out.push(Flat {
                tier: depth,
                row,
                kind,
            });
            if kind == RowKind::Open {
                self.flatten(beneath, path, out);
            }
        }
    }
}

fn page(tiers: &[Tier<'_>], rows: &[Flat], want: &Want) -> Table {
    let (offset, size) = want.rows.unwrap_or((0, ROWS));
    let from = usize::try_from(offset).unwrap_or(usize::MAX);
    let size = usize::try_from(size.min(ROWS)).unwrap_or(usize::MAX);
    let shown: Vec<&Flat> = rows.iter().skip(from).take(size).collect();
    let columns: BTreeSet<usize> = tiers
        .iter()
        .flat_map(|tier| tier.view.columns.iter().copied())
        .collect();
    let cell = |flat: &Flat, column: usize| {
        let tier = tiers.get(flat.tier)?;
        let place = tier
            .view
            .columns
            .iter()
            .position(|index| *index == column)?;
        tier.batch.columns.get(place)?.get(flat.row).map(wire::cell)
    };
    let values = columns.iter().map(|column| {
        shown
            .iter()
            .map(|flat| cell(flat, *column).unwrap_or_default())
            .collect()
    });
    let path = |flat: &&Flat| {
        tiers
            .get(flat.tier)
            .and_then(|tier| tier.paths.get(flat.row))
            .cloned()
            .unwrap_or_default()
    };
    Table {
        count: rows.len() as u64,
        offset,
        values: values.collect(),
        columns: columns.into_iter().collect(),
        depth: Some(
            shown
                .iter()
                .map(|flat| u32::try_from(flat.tier).unwrap_or(u32::MAX))
                .collect(),
        ),
        kind: Some(shown.iter().map(|flat| flat.kind).collect()),
        keys: Some(shown.iter().map(path).collect()),
        edit_num: None,
        waiting_for: Vec::new(),
        truncated: tiers.iter().any(|tier| tier.batch.truncated),
    }
}
