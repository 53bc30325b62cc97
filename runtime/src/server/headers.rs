//! Headers that keep a page to itself.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Policy of everything that is no page.
const CLOSED: &str = "default-src 'none'; frame-ancestors 'self'";

/// Adds the headers that every answer has, unless a handler set its own.
pub async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let defaults: [(HeaderName, &str); 6] = [
        (header::CONTENT_SECURITY_POLICY, CLOSED),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in defaults {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// The policy of a page. `nonce` admits its own style and script elements; pictures come from here and from
/// `image_origins`; `ui_dev` (an origin) is a front end under development, whose tools need more.
pub fn page_policy(nonce: &str, image_origins: &[String], ui_dev: Option<&str>) -> String {
    let images: String = image_origins
        .iter()
        .flat_map(|origin| [" ", origin])
        .collect();
    let (script, style, font, connect) = match ui_dev {
        None => (
            String::new(),
            format!(" 'nonce-{nonce}'"),
            String::new(),
            String::new(),
        ),
        Some(dev) => {
            let socket = dev.replacen("http", "ws", 1);
            (
                format!(" 'nonce-{nonce}' {dev}"),
                " 'unsafe-inline'".to_owned(),
                format!(" {dev}"),
                format!(" {dev} {socket}"),
            )
        }
    };
    format!(
        "default-src 'none'; script-src 'self'{script}; style-src 'self'{style}; style-src-attr 'unsafe-inline'; \
         img-src 'self' data: blob:{images}; font-src 'self'{font}; connect-src 'self'{connect}; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'self'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_names_the_origins_of_pictures() {
        let policy = page_policy(
            "abc",
            &["https://a.org".to_owned(), "https://b.org".to_owned()],
            None,
        );
        assert!(policy.contains("img-src 'self' data: blob: https://a.org https://b.org;"));
        assert!(policy.contains("style-src 'self' 'nonce-abc';"));
        assert!(policy.contains("script-src 'self';"));
    }

    #[test]
    fn only_a_front_end_under_development_relaxes_it() {
        let policy = page_policy("abc", &[], Some("http://localhost:5173"));
        assert!(policy.contains("script-src 'self' 'nonce-abc' http://localhost:5173;"));
        assert!(policy.contains("connect-src 'self' http://localhost:5173 ws://localhost:5173;"));
    }
}
