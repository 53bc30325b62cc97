//! A good build of a workbook.

use std::sync::Arc;

use bookwright_compiler::plan::Plan;

use super::view;
use crate::protocol::view::ViewPlan;

/// A plan and its view.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Grows with every good build of the process.
    pub rev: u64,
    /// The plan.
    pub plan: Arc<Plan>,
    /// What browsers get of it.
    pub view: Arc<ViewPlan>,
    /// Origins of pictures from elsewhere, for the content security policy.
    pub image_origins: Vec<String>,
}

impl Revision {
    /// Revision `rev` of a plan; what is the same as `before` is shared with it.
    pub fn new(rev: u64, plan: Arc<Plan>, before: Option<&Self>) -> Self {
        let mut view = view::view_plan(&plan, before);
        view.rev = rev;
        Self {
            rev,
            image_origins: view::image_origins(&view),
            plan,
            view: Arc::new(view),
        }
    }
}
