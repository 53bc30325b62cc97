//! Refuses what does not come from our own pages: other host names (DNS rebinding), other origins (request forgery).

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::app::Shared;
use super::error::ApiError;

/// The layer. Every request names one of the loopback hosts; what changes something or opens the live channel comes from
/// a page of this server, or from no page at all.
pub async fn guard(State(app): State<Shared>, request: Request, next: Next) -> Response {
    match check(
        request.method(),
        request.uri().path(),
        request.headers(),
        app.ui_dev.as_deref(),
    ) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn check(
    method: &Method,
    path: &str,
    headers: &HeaderMap,
    ui_dev: Option<&str>,
) -> Result<(), ApiError> {
    let host = text(headers, &header::HOST)
        .ok_or_else(|| ApiError::Invalid("the request names no host".to_owned()))?;
    if !is_loopback_name(host) {
        return Err(ApiError::Refused(format!(
            "this server does not go by the name `{host}`"
        )));
    }
    let reads = matches!(*method, Method::GET | Method::HEAD);
    if !reads || path == "/ws" {
        same_origin(headers, host, ui_dev)?;
    }
    if !reads && !is_json(headers) {
        return Err(ApiError::Invalid(
            "expected the content type `application/json`".to_owned(),
        ));
    }
    Ok(())
}

fn same_origin(headers: &HeaderMap, host: &str, ui_dev: Option<&str>) -> Result<(), ApiError> {
    if let Some(origin) = text(headers, &header::ORIGIN) {
        let own = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"))
            == Some(host);
        if !own && Some(origin) != ui_dev {
            return Err(ApiError::Refused(format!(
                "requests from `{origin}` are refused"
            )));
        }
        return Ok(());
    }
    match headers
        .get("sec-fetch-site")
        .and_then(|site| site.to_str().ok())
    {
        None | Some("same-origin" | "none") => Ok(()),
        Some(site) => Err(ApiError::Refused(format!(
            "requests from a {site} page are refused"
        ))),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = text(headers, &header::CONTENT_TYPE).unwrap_or_default();
    kind.split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Whether a `Host` header (`name`, `name:port`, `[::1]:port`) names this machine to itself.
fn is_loopback_name(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = name.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(
        clippy::needless_pass_by_value,
        reason = "cases read better without references"
    )]
    fn found(method: Method, path: &str, headers: &[(&'static str, &str)]) -> Result<(), String> {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (
                    header::HeaderName::from_static(name),
                    value.parse().unwrap(),
                )
            })
            .collect();
        check(&method, path, &headers, Some("http://localhost:5173"))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn only_loopback_names_are_answered() {
        for host in [
            "localhost:4600",
            "127.0.0.1:4600",
            "[::1]:4600",
            "LOCALHOST",
            "app.localhost:1",
            "127.8.8.8",
        ] {
            assert_eq!(found(Method::GET, "/", &[("host", host)]), Ok(()), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "192.168.0.4:4600",
            "",
            "127.0.0.1.evil.example",
        ] {
            assert!(
                found(Method::GET, "/", &[("host", host)]).is_err(),
                "{host}"
            );
        }
        assert!(found(Method::GET, "/", &[]).is_err());
    }

    #[test]
    fn what_changes_something_comes_from_our_own_pages() {
        let host = ("host", "127.0.0.1:4600");
        let json = ("content-type", "application/json; charset=utf-8");
        let post = |more: &[(&'static str, &str)]| {
            let headers: Vec<_> = [host].into_iter().chain(more.iter().copied()).collect();
            found(Method::POST, "/api/v1/edit", &headers)
        };
        assert_eq!(post(&[json]), Ok(()));
        assert_eq!(post(&[json, ("origin", "http://127.0.0.1:4600")]), Ok(()));
        assert_eq!(post(&[json, ("origin", "http://localhost:5173")]), Ok(()));
        assert_eq!(post(&[json, ("sec-fetch-site", "same-origin")]), Ok(()));
        assert!(post(&[]).unwrap_err().contains("application/json"));
        assert!(post(&[("content-type", "text/plain")]).is_err());
        assert!(
            post(&[json, ("origin", "http://evil.example")])
                .unwrap_err()
                .contains("refused")
        );
        assert!(post(&[json, ("origin", "http://127.0.0.1:9999")]).is_err());
        assert!(post(&[json, ("origin", "null")]).is_err());
        assert!(post(&[json, ("sec-fetch-site", "cross-site")]).is_err());
        assert!(
            found(
                Method::GET,
                "/ws",
                &[host, ("origin", "http://evil.example")]
            )
            .is_err()
        );
        assert_eq!(
            found(
                Method::GET,
                "/ws",
                &[host, ("origin", "http://127.0.0.1:4600")]
            ),
            Ok(())
        );
    }
}
