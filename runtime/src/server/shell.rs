//! The page shell: HTML that carries the view plan and the front end, or draws the page itself.

use std::sync::LazyLock;

use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use minijinja::{Environment, Value};
use serde::Serialize;

use super::address::control_values;
use super::app::{App, Mode, Shared};
use super::asset::Bundle;
use super::drawing::{self, Drawn};
use super::error::ApiError;
use super::headers::page_policy;
use crate::protocol::live::DiagnosticView;
use crate::protocol::view::Boot;
use crate::session::slot::Slot;

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    let sources = [
        (
            "page.html",
            include_str!("../../../templates/page/page.html"),
        ),
        (
            "list.html",
            include_str!("../../../templates/page/list.html"),
        ),
        (
            "problem.html",
            include_str!("../../../templates/page/problem.html"),
        ),
        (
            "frame.html",
            include_str!("../../../templates/page/frame.html"),
        ),
        (
            "plain.css",
            include_str!("../../../templates/page/plain.css"),
        ),
    ];
    for (name, source) in sources {
        // A template that does not parse is found by the test that renders each; asking for it later is an error.
        drop(templates.add_template(name, source));
    }
    templates
});

/// `GET /`: the first page of the only workbook, or a list of them.
pub async fn home(State(app): State<Shared>) -> Response {
    let slots = app.workspace.slots();
    if let [only] = slots.as_slice() {
        return Redirect::temporary(&first_address(only)).into_response();
    }
    let workbooks: Vec<Listed> = slots.iter().map(|slot| Listed::new(slot)).collect();
    let name = app.workspace.name();
    let title = if name.is_empty() {
        "Workbooks".to_owned()
    } else {
        name
    };
    html(&app, "list.html", &[], |nonce| List {
        title,
        lang: "en",
        nonce,
        workbooks,
        bundle: app.bundle.as_ref(),
    })
}

/// `GET /w/{workbook}`: its first page.
///
/// # Errors
/// When there is no such workbook.
pub async fn first_page(
    State(app): State<Shared>,
    Path(workbook): Path<String>,
) -> Result<Response, ApiError> {
    let slot = app.slot(&workbook)?;
    if slot.current().revision.is_none() {
        return Ok(in_error(&app, &slot));
    }
    Ok(Redirect::temporary(&first_address(&slot)).into_response())
}

/// `GET /w/{workbook}/{page}`: the shell.
///
/// # Errors
/// When there is no such workbook or page.
pub async fn page(
    State(app): State<Shared>,
    Path((workbook, page)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let slot = app.slot(&workbook)?;
    let current = slot.current();
    let Some(revision) = &current.revision else {
        return Ok(in_error(&app, &slot));
    };
    let view = &revision.view;
    let place = view
        .pages
        .iter()
        .find(|known| known.id == page)
        .ok_or(ApiError::UnknownPage(page.clone()))?;
    if view.workbook != workbook {
        // It was renamed since somebody kept this address.
        let query = query.map_or_else(String::new, |query| format!("?{query}"));
        let address = format!("/w/{}/{}{query}", view.workbook, place.id);
        return Ok(Redirect::temporary(&address).into_response());
    }
    let values = control_values(&revision.plan, query.as_deref().unwrap_or_default());
    let alone = app.bundle.is_none() && app.ui_dev.is_none();
    let results = if alone {
        let ask = app.workspace.ask(&revision.plan, &values)?;
        Some(drawing::results(&app.workspace.backend(), &ask, view, &place.body).await)
    } else {
        None
    };
    let boot = Boot {
        plan: view.as_ref().clone(),
        page: place.id.clone(),
        values,
        assets: app.assets_hash(),
        mode: app.mode.as_str().to_owned(),
        diagnostics: visible(&app, &current.findings),
    };
    let context = |nonce| Page {
        title: if view.pages.len() > 1 && place.title != view.title {
            format!("{} · {}", place.title, view.title)
        } else {
            view.title.clone()
        },
        lang: view.settings.locale.clone(),
        nonce,
        heading: view.title.clone(),
        description: view.description.clone(),
        pages: view
            .pages
            .iter()
            .filter(|page| !page.hidden)
            .map(|page| Link {
                title: page.title.clone(),
                address: format!("/w/{}/{}", view.workbook, page.id),
                current: page.id == place.id,
            })
            .collect(),
        label: place.title.clone(),
        body: drawing::draw(view, &place.body, results.as_ref()),
        boot: escaped(&boot),
        alone,
        bundle: app.bundle.as_ref().filter(|_| app.ui_dev.is_none()),
        ui_dev: app.ui_dev.clone(),
        failed: current.failed.then(|| problems(&boot.diagnostics)),
    };
    Ok(html(&app, "page.html", &revision.image_origins, context))
}

/// A page that says what went wrong.
pub fn problem_page(app: &App, sentence: &str) -> Response {
    let sentence = sentence.to_owned();
    html(app, "problem.html", &[], |nonce| Problem {
        title: "Bookwright".to_owned(),
        lang: "en",
        nonce,
        heading: sentence,
        findings: Vec::new(),
        refresh: false,
    })
}

/// The page of a workbook that has never compiled: the author sees why, and it loads again by itself.
fn in_error(app: &App, slot: &Slot) -> Response {
    let id = slot.id();
    let findings = problems(&visible(app, &slot.current().findings));
    html(app, "problem.html", &[], |nonce| Problem {
        title: id.clone(),
        lang: "en",
        nonce,
        heading: format!("{id} has errors"),
        findings,
        refresh: app.mode == Mode::Dev,
    })
}

/// Findings name files and lines: they are for the author.
fn visible(app: &App, findings: &[DiagnosticView]) -> Vec<DiagnosticView> {
    match app.mode {
        Mode::Dev => findings.to_vec(),
        Mode::Serve => Vec::new(),
    }
}

fn problems(findings: &[DiagnosticView]) -> Vec<DiagnosticView> {
    findings
        .iter()
        .filter(|finding| finding.severity == "error")
        .cloned()
        .collect()
}

fn first_address(slot: &Slot) -> String {
    let current = slot.current();
    let page = current.revision.as_ref().and_then(|revision| {
        let pages = &revision.view.pages;
        pages
            .iter()
            .find(|page| !page.hidden)
            .or_else(|| pages.first())
    });
    match page {
        Some(page) => format!("/w/{}/{}", slot.id(), page.id),
        None => format!("/w/{}", slot.id()),
    }
}

/// JSON that can stand in a script element.
fn escaped(boot: &Boot) -> String {
    let json = serde_json::to_string(boot).unwrap_or_default();
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

/// Renders a template under a policy with a fresh nonce.
fn html<C: Serialize>(
    app: &App,
    template: &str,
    images: &[String],
    context: impl FnOnce(String) -> C,
) -> Response {
    // 122 random bits of the operating system.
    let nonce = uuid::Uuid::new_v4().simple().to_string();
    let policy = page_policy(&nonce, images, app.ui_dev.as_deref());
    let context = Value::from(minijinja::value::Serde(context(nonce)));
    match TEMPLATES
        .get_template(template)
        .and_then(|template| template.render(context))
    {
        Ok(text) => ([(header::CONTENT_SECURITY_POLICY, policy)], Html(text)).into_response(),
        Err(error) => ApiError::Server(format!("{template}: {error:#}")).into_response(),
    }
}

#[derive(Serialize)]
struct Page<'a> {
    title: String,
    lang: String,
    nonce: String,
    heading: String,
    description: Option<String>,
    pages: Vec<Link>,
    label: String,
    body: Vec<Drawn>,
    boot: String,
    alone: bool,
    bundle: Option<&'a Bundle>,
    ui_dev: Option<String>,
    failed: Option<Vec<DiagnosticView>>,
}

#[derive(Serialize)]
struct Link {
    title: String,
    address: String,
    current: bool,
}

#[derive(Serialize)]
struct List<'a> {
    title: String,
    lang: &'static str,
    nonce: String,
    workbooks: Vec<Listed>,
    /// For its fonts.
    bundle: Option<&'a Bundle>,
}

#[derive(Serialize)]
struct Listed {
    name: String,
    description: Option<String>,
    address: String,
    failed: bool,
}

impl Listed {
    fn new(slot: &Slot) -> Self {
        let current = slot.current();
        let view = current.revision.as_ref().map(|revision| &revision.view);
        Self {
            name: view.map_or_else(|| slot.id(), |view| view.title.clone()),
            description: view.and_then(|view| view.description.clone()),
            address: first_address(slot),
            failed: current.failed,
        }
    }
}

#[derive(Serialize)]
struct Problem {
    title: String,
    lang: &'static str,
    nonce: String,
    heading: String,
    findings: Vec<DiagnosticView>,
    refresh: bool,
}
