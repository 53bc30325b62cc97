//! The four settings that give dates and numbers their meaning.

use crate::diag::codes::project::INVALID_SETTING;
use crate::diag::{Diagnostic, Diagnostics, nearest};
use crate::document::primitive::Text;
use crate::document::project::{Project as ProjectDocument, WeekStartWord};
use crate::plan::{Settings, WeekStart};

/// Checks the settings of a project file. A setting in error keeps its default, so that checking goes on.
pub fn settings(document: &ProjectDocument, sink: &mut Diagnostics) -> Settings {
    let default = Settings::default();
    let mut pick = |text: &Option<Text>,
                    default: String,
                    check: fn(&str) -> Result<String, Problem>| match text {
        None => default,
        Some(text) => check(&text.value).unwrap_or_else(|problem| {
            sink.push(problem.at(text));
            default
        }),
    };
    Settings {
        time_zone: pick(&document.time_zone, default.time_zone, time_zone),
        locale: pick(&document.locale, default.locale, locale),
        currency: pick(&document.currency, default.currency, currency),
        week_start: match document.week_start.as_ref().map(|word| word.value) {
            Some(WeekStartWord::Monday) => WeekStart::Monday,
            Some(WeekStartWord::Sunday) | None => WeekStart::Sunday,
        },
    }
}

/// What is wrong with a setting, and the value that was probably meant.
struct Problem {
    message: String,
    meant: Option<String>,
    help: &'static str,
}

impl Problem {
    fn at(self, text: &Text) -> Diagnostic {
        let finding = Diagnostic::new(&INVALID_SETTING, text.span, self.message).help(self.help);
        match self.meant {
            Some(meant) => finding.fix(format!("write `{meant}`"), text.span, meant),
            None => finding,
        }
    }
}

/// The zone as the IANA database spells it.
fn time_zone(name: &str) -> Result<String, Problem> {
    let database = jiff::tz::db();
    match database
        .get(name)
        .ok()
        .and_then(|zone| zone.iana_name().map(str::to_owned))
    {
        Some(name) => Ok(name),
        None => {
            let names: Vec<String> = database.available().map(|name| name.to_string()).collect();
            Err(Problem {
                message: format!("there is no time zone `{name}`"),
                meant: nearest(name, names.iter().map(String::as_str)).map(str::to_owned),
                help: "time zones are names of the IANA database, such as `Europe/Berlin`",
            })
        }
    }
}

/// A language tag of BCP 47 in its usual spelling: language, optional script, optional region, further subtags.
fn locale(tag: &str) -> Result<String, Problem> {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let well_formed = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let language_fits =
        matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_alphabetic());
    if !language_fits || !tag.split('-').skip(1).all(|part| well_formed(part, 8)) {
        let meant = tag.replace('_', "-");
        return Err(Problem {
            message: format!("`{tag}` is not a locale"),
            meant: (meant != tag && locale(&meant).is_ok()).then_some(meant),
            help: "locales are language tags such as `en-US` or `de-DE`",
        });
    }
    let mut out = language.to_ascii_lowercase();
    for part in parts {
        out.push('-');
        match part.len() {
            2 => out.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                let lower = part.to_ascii_lowercase();
                let mut chars = lower.chars();
                out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
                out.extend(chars);
            }
            _ => out.push_str(&part.to_ascii_lowercase()),
        }
    }
    Ok(out)
}

fn currency(code: &str) -> Result<String, Problem> {
    let upper = code.to_ascii_uppercase();
    if CURRENCIES
        .split_ascii_whitespace()
        .any(|known| known == code)
    {
        return Ok(upper);
    }
    let meant = CURRENCIES
        .split_ascii_whitespace()
        .find(|known| *known == upper);
    Err(Problem {
        message: format!("there is no currency `{code}`"),
        meant: meant.map(str::to_owned),
        help: "currencies are codes of ISO 4217, such as `EUR`",
    })
}

/// Active codes of ISO 4217, funds and metals included.
const CURRENCIES: &str = "\
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW \
CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA \
MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD \
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD \
USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMW ZWG";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Result<String, Problem>, expected: Result<&str, Option<&str>>) {
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(problem), Err(meant)) => {
                assert_eq!(problem.meant.as_deref(), meant, "{}", problem.message);
            }
            (found, expected) => {
                panic!("{:?} instead of {expected:?}", found.map_err(|p| p.message))
            }
        }
    }

    #[test]
    fn time_zones_are_those_of_the_iana_database() {
        check(time_zone("UTC"), Ok("UTC"));
        check(time_zone("Europe/Berlin"), Ok("Europe/Berlin"));
        check(time_zone("europe/berlin"), Ok("Europe/Berlin"));
        check(time_zone("Europe/Berln"), Err(Some("Europe/Berlin")));
        check(time_zone("+02:00"), Err(None));
    }

    #[test]
    fn locales_are_language_tags_in_their_usual_spelling() {
        check(locale("en"), Ok("en"));
        check(locale("EN-us"), Ok("en-US"));
        check(locale("zh-hant-tw"), Ok("zh-Hant-TW"));
        check(locale("de-DE-1996"), Ok("de-DE-1996"));
        check(locale("de_DE"), Err(Some("de-DE")));
        check(locale("German (Germany)"), Err(None));
        check(locale(""), Err(None));
    }

    #[test]
    fn currencies_are_codes_of_the_standard() {
        check(currency("EUR"), Ok("EUR"));
        check(currency("eur"), Err(Some("EUR")));
        check(currency("$"), Err(None));
    }
}
