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
    /// Revision `rev` of a plan.
    pub fn new(rev: u64, plan: Plan) -> Self {
        let mut view = view::view_plan(&plan);
        view.rev = rev;
        Self {
            rev,
            image_origins: view::image_origins(&view),
            plan: Arc::new(plan),
            view: Arc::new(view),
        }
    }
}
