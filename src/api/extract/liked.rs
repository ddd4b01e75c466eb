//! Which form a request likes best: by the end of its address, else by `Accept`.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT;

use crate::exchange::extract::Form;

/// The form that is asked for: that of the address, else what `Accept` likes best of those that there are; `None` is
/// JSON.
pub(in crate::api) fn form(request: &HttpRequest, forms: &[Form]) -> Option<Form> {
    let by_address = forms.iter().find(|form| request.path().ends_with(&format!(".{form}")));
    by_address.copied().or_else(|| {
        let accept = request.headers().get(ACCEPT)?.to_str().ok()?;
        liked_best(accept, forms)
    })
}

/// The best of an `Accept` header; JSON where it comes first, or nothing that is there is liked.
fn liked_best(accept: &str, forms: &[Form]) -> Option<Form> {
    let mut best: (f64, Option<Form>) = (0.0, None);
    for item in accept.split(',') {
        let mut parts = item.split(';').map(str::trim);
        let media = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
        let is_named = |form: &&Form| form.media_type().split(';').next() == Some(media.as_str());
        let form = forms.iter().find(is_named).copied();
        let is_json = ["application/json", "application/*", "*/*"].contains(&media.as_str());
        if (form.is_some() || is_json) && weight > best.0 {
            best = (weight, form);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn liked(accept: &str) -> Option<Form> {
        liked_best(accept, Form::ALL)
    }

    #[test]
    fn json_is_given_to_browsers_and_to_whoever_likes_what_there_is_not() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
        for accept in
            [browser, "", "*/*", "application/pdf", "text/csv;q=0", "application/json, text/csv"]
        {
            assert_eq!(liked(accept), None, "{accept}");
        }
    }

    #[test]
    fn the_form_that_is_liked_best_is_given() {
        assert_eq!(liked("text/csv"), Some(Form::Csv));
        assert_eq!(liked("Text/CSV; charset=utf-8, application/json;q=0.5"), Some(Form::Csv));
        assert_eq!(
            liked("application/json;q=0.2, application/geo+json;q=0.9"),
            Some(Form::GeoJson)
        );
        assert_eq!(liked(Form::Xlsx.media_type()), Some(Form::Xlsx));
        assert_eq!(liked("application/vnd.apache.parquet, */*;q=0.1"), Some(Form::Parquet));
        assert_eq!(liked_best("application/geo+json", &[Form::Csv]), None);
    }
}
