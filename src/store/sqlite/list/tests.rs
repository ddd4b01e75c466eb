//! That pages of lists are found by their indexes.

use super::*;
use crate::disclose::{Gate, Rules};
use crate::domain::{Clearance, Sensitivity};
use crate::store::Cut;
use chrono::DateTime;

#[test]
fn a_page_by_code_goes_on_where_the_one_before_it_ended() {
    let mut connection = Connection::open_in_memory().unwrap();
    crate::store::sqlite::migrate::migrate(&mut connection).unwrap();
    let gate = Gate::new(Rules::default(), [7; 32]);
    let known_at = DateTime::UNIX_EPOCH;
    for kind in Kind::ALL.iter().copied() {
        for level in [Sensitivity::Public, Sensitivity::StrictlyConfidential] {
            for expand in [false, true] {
                let query = Query {
                    kind,
                    cut: Cut { as_of: None, known_at },
                    filter: Filter::default(),
                    sort: Sort::Code,
                    limit: 100,
                    after: Some((Some("M".to_owned()), 1)),
                    expand,
                    count: false,
                };
                let clearance = Clearance::of(level);
                let mut eyes = Eyes::new(&connection, &gate, &clearance, known_at);
                let mut found = Where::default();
                let sight = add_cut(&mut found, &query, &eyes);
                add_filter(&mut found, kind, &query.filter, &sight, &mut eyes).unwrap();
                let sql = question(&mut found, &query, &sight);
                let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
                let rows = plan.raw_query().mapped(|row| row.get::<_, String>("detail"));
                let plan = rows.collect::<Result<Vec<_>, _>>().unwrap().join("\n");
                assert!(plan.contains(&format!("INDEX {kind}_code (code>?)")), "{kind}: {plan}");
            }
        }
    }
}
