//! Ways into the program: a path, its methods, and for each the operation that the policy knows it by.
//!
//! The router and the guard before it are made from the same list, so that neither knows a way the other does not.

use actix_web::http::Method;
use actix_web::{FromRequest, Handler, Resource, Responder, Route, guard, web};

use crate::disclose::policy::{Operation, Row};

/// A path and what can be done there.
pub struct At {
    path: String,
    ways: Vec<Way>,
}

struct Way {
    methods: Vec<Method>,
    /// What is done; `None` is open to everybody.
    operation: Option<Operation>,
    route: Route,
}

/// A path.
pub(crate) fn at(path: impl Into<String>) -> At {
    At { path: path.into(), ways: Vec::new() }
}

impl At {
    /// Reading: GET, and HEAD for those who want only the headers.
    pub(crate) fn get<H, A>(self, operation: Operation, handler: H) -> Self
    where
        H: Handler<A>,
        A: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        self.with(&[Method::GET, Method::HEAD], Some(operation), handler)
    }

    /// Posting.
    pub(crate) fn post<H, A>(self, operation: Operation, handler: H) -> Self
    where
        H: Handler<A>,
        A: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        self.with(&[Method::POST], Some(operation), handler)
    }

    /// Putting something in the place of what is there.
    pub(crate) fn put<H, A>(self, operation: Operation, handler: H) -> Self
    where
        H: Handler<A>,
        A: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        self.with(&[Method::PUT], Some(operation), handler)
    }

    /// Reading what everybody may, without a token.
    pub(crate) fn open_get<H, A>(self, handler: H) -> Self
    where
        H: Handler<A>,
        A: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        self.with(&[Method::GET, Method::HEAD], None, handler)
    }

    /// Posting what decides for itself who may: the pages of those who log in.
    pub(crate) fn open_post<H, A>(self, handler: H) -> Self
    where
        H: Handler<A>,
        A: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        self.with(&[Method::POST], None, handler)
    }

    fn with<H, A>(mut self, methods: &[Method], operation: Option<Operation>, handler: H) -> Self
    where
        H: Handler<A>,
        A: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        let allowed = methods.iter().fold(guard::Any(guard::fn_guard(|_| false)), |any, method| {
            any.or(guard::Method(method.clone()))
        });
        let route = web::route().guard(allowed).to(handler);
        self.ways.push(Way { methods: methods.to_vec(), operation, route });
        self
    }

    /// What the router takes.
    pub(crate) fn resource(self) -> Resource {
        let resource = web::resource(self.path);
        self.ways.into_iter().fold(resource, |resource, way| resource.route(way.route))
    }
}

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<'w> {
    /// Nothing.
    Nothing,
    /// Something, but not for this method; for these.
    OtherMethods {
        /// The methods, as `Allow` says them.
        allowed: &'w str,
        /// Is it all open to everybody?
        is_open: bool,
    },
    /// Something that everybody may.
    Open,
    /// Something for those who may do this.
    Needs(Operation),
}

/// All ways, for the guard before the router.
#[derive(Debug)]
pub struct Ways(Vec<Known>);

#[derive(Debug)]
struct Known {
    path: String,
    /// `None` stands for whatever there is at that place.
    segments: Vec<Option<String>>,
    methods: Vec<(Method, Option<Operation>)>,
    allowed: String,
}

impl Ways {
    /// The ways at these paths; refused where the policy says nothing about one, or a path stands there twice.
    ///
    /// # Errors
    ///
    /// A sentence that names the operation or the path.
    pub fn of(paths: &[At], policy: &[Row]) -> Result<Self, String> {
        let mut known: Vec<Known> = Vec::with_capacity(paths.len());
        for at in paths {
            let new = Known::of(at);
            if known.iter().any(|other| other.segments == new.segments) {
                return Err(format!("{} is in the table of routes twice", at.path));
            }
            let operations = new.methods.iter().filter_map(|(_, operation)| *operation);
            for operation in operations {
                if !policy.iter().any(|(of, roles)| *of == operation && !roles.is_empty()) {
                    let path = &at.path;
                    return Err(format!("{path}: the policy does not say who may {operation}"));
                }
            }
            known.push(new);
        }
        Ok(Self(known))
    }

    /// What stands at a path, as the router reads it: a path that is written out comes before one with a gap.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Found<'_> {
        let given: Vec<&str> = path.split('/').collect();
        let matching = self.0.iter().filter(|known| known.is_at(&given));
        let Some(known) = matching.min_by_key(|known| known.gaps()) else { return Found::Nothing };
        let way = known.methods.iter().find(|(of, _)| of == method);
        match way {
            None => Found::OtherMethods {
                allowed: &known.allowed,
                is_open: known.methods.iter().all(|(_, operation)| operation.is_none()),
            },
            Some((_, None)) => Found::Open,
            Some((_, Some(operation))) => Found::Needs(*operation),
        }
    }

    /// Every method and path with its operation, for the docs and the tests.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, Option<Operation>)> {
        self.0.iter().flat_map(|known| {
            let ways = known.methods.iter();
            ways.map(|(method, operation)| (method.as_str(), known.path.as_str(), *operation))
        })
    }
}

impl Known {
    fn of(at: &At) -> Self {
        let segments = at.path.split('/');
        let segments = segments.map(|s| (!s.starts_with('{')).then(|| s.to_owned())).collect();
        let methods: Vec<(Method, Option<Operation>)> = at
            .ways
            .iter()
            .flat_map(|way| way.methods.iter().map(|method| (method.clone(), way.operation)))
            .collect();
        let words: Vec<&str> = methods.iter().map(|(method, _)| method.as_str()).collect();
        Self { path: at.path.clone(), segments, allowed: words.join(", "), methods }
    }

    fn is_at(&self, given: &[&str]) -> bool {
        self.segments.len() == given.len()
            && self.segments.iter().zip(given).all(|(segment, given)| match segment {
                Some(word) => word == given,
                None => !given.is_empty(),
            })
    }

    fn gaps(&self) -> usize {
        self.segments.iter().filter(|segment| segment.is_none()).count()
    }
}

#[cfg(test)]
mod tests {
    use actix_web::HttpResponse;

    use super::*;
    use crate::disclose::policy::POLICY;
    use crate::domain::Role;

    async fn nothing() -> HttpResponse {
        HttpResponse::Ok().finish()
    }

    fn ways(paths: &[At]) -> Ways {
        Ways::of(paths, POLICY).unwrap()
    }

    #[test]
    fn a_way_that_the_policy_does_not_know_stops_the_start() {
        let paths = [at("/api/v1/x").post(Operation::RecordCreate, nothing)];
        let fault = Ways::of(&paths, &[]).unwrap_err();
        assert_eq!(fault, "/api/v1/x: the policy does not say who may record.create");
        let nobody: &[Row] = &[(Operation::RecordCreate, &[])];
        assert!(Ways::of(&paths, nobody).is_err());
        let somebody: &[Row] = &[(Operation::RecordCreate, &[Role::Admin])];
        assert!(Ways::of(&paths, somebody).is_ok());
    }

    #[test]
    fn a_path_that_stands_there_twice_stops_the_start() {
        let twice = [
            at("/api/v1/x/{a}").get(Operation::RecordRead, nothing),
            at("/api/v1/x/{b}").open_get(nothing),
        ];
        assert!(Ways::of(&twice, POLICY).unwrap_err().contains("/api/v1/x/{b}"));
    }

    #[test]
    fn what_is_not_in_the_table_is_nothing() {
        let ways = ways(&[at("/api/v1/x/{id}").get(Operation::RecordRead, nothing)]);
        for path in ["/api/v1/x", "/api/v1/x/", "/api/v1/x/a/b", "//api/v1/x/a", "/API/v1/x/a", ""]
        {
            assert_eq!(ways.find(&Method::GET, path), Found::Nothing, "{path}");
        }
        let needs = Found::Needs(Operation::RecordRead);
        assert_eq!(ways.find(&Method::HEAD, "/api/v1/x/a"), needs);
        let allowed = Found::OtherMethods { allowed: "GET, HEAD", is_open: false };
        assert_eq!(ways.find(&Method::DELETE, "/api/v1/x/a"), allowed);
    }

    #[test]
    fn a_path_that_is_written_out_comes_before_one_with_a_gap() {
        let ways = ways(&[
            at("/x/{id}").get(Operation::TokenManage, nothing),
            at("/x/open").open_get(nothing),
        ]);
        assert_eq!(ways.find(&Method::GET, "/x/open"), Found::Open);
        assert_eq!(ways.find(&Method::GET, "/x/other"), Found::Needs(Operation::TokenManage));
    }
}
