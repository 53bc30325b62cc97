//! An engine that fails for the moment, again and again.

use std::sync::Arc;

use bookwright_compiler::plan::Settings;
use serde_json::json;

use super::{Fixture, want};
use crate::adapter::Adapter;
use crate::adapter::mock::{Behaviour, MockWarehouse};
use crate::adapter::retry::Retrying;
use crate::engine::Engine;

#[tokio::test]
async fn a_failure_that_does_not_pass_is_told_in_each_element_and_the_next_question_is_heard() {
    let fixture = Fixture::new(|_, _| {}).await;
    let over = |fail_every: u64| {
        let behaviour = Behaviour {
            fail_every,
            ..Behaviour::default()
        };
        let file = fixture.folder.path().join("a.db");
        let mock = MockWarehouse::open(&file, behaviour, &Settings::default()).unwrap();
        let adapter: Arc<dyn Adapter> = Arc::new(Retrying::new(mock));
        Engine::new(
            Arc::clone(fixture.engine.plan()),
            adapter,
            Arc::clone(&fixture.engine.store),
            Arc::default(),
            true,
        )
    };
    let bindings = fixture.bindings(json!({}));
    let always = Arc::new(over(1));
    for seq in 1..3 {
        let mut lines = always.answer(seq, vec![want("orders"), want("grouped")], bindings.clone());
        let mut told = Vec::new();
        while let Some(line) = lines.recv().await {
            told.push(line.err.unwrap().message);
        }
        told.sort();
        let fails = "could not be read: the database fails for the moment";
        assert_eq!(
            told,
            [format!("`GROUPED` {fails}"), format!("`ORDERS` {fails}")]
        );
    }
    let sometimes = Arc::new(over(2));
    for element in ["orders", "grouped"] {
        let line = sometimes.line(1, &want(element), &bindings).await;
        assert!(line.ok.is_some(), "{element}: {:?}", line.err);
    }
}
