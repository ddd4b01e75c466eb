//! Who may do what: one table. What does not stand in it is denied.

use crate::domain::choice::choice;
use crate::domain::{Clearance, OrganisationCode, Role, Sensitivity, Standing};

choice! {
    /// What is done: every way of the API is one of these.
    Operation {
        /// Reading one record, and its history.
        RecordRead = "record.read",
        /// Listing records.
        ListRead = "list.read",
        /// Asking for what is computed: totals, coverage, outlooks, alerts, plans and throughputs that are not kept.
        FigureRead = "figure.read",
        /// Reading reports.
        ReportRead = "report.read",
        /// Reading what was changed about records.
        ChangesRead = "changes.read",
        /// Taking lists and figures away as files: CSV, workbooks, Parquet, maps.
        ExportRead = "export.read",
        /// Reading the counters of the service.
        MetricsRead = "metrics.read",
        /// Posting records.
        RecordCreate = "record.create",
        /// Putting the next version of a record.
        RecordRevise = "record.revise",
        /// Adding events, answers, violations or accounts to a record.
        RecordAppend = "record.append",
        /// Taking a record back.
        RecordWithdraw = "record.withdraw",
        /// Standing by a record.
        RecordConfirm = "record.confirm",
        /// Saying that two records are the same, or that they are not.
        RecordMerge = "record.merge",
        /// Keeping a plan, changing and withdrawing it.
        PlanSave = "plan.save",
        /// Saying who is told and when reports are made.
        ScheduleManage = "schedule.manage",
        /// Keeping alerts quiet for a time.
        SilenceSet = "silence.set",
        /// Taking an alert on.
        AlertAck = "alert.ack",
        /// Reading what was sent, and what could not be.
        DeliveryRead = "delivery.read",
        /// Having something sent again.
        DeliveryRetry = "delivery.retry",
        /// Deciding that something that could not be sent is not sent any more.
        DeliveryDismiss = "delivery.dismiss",
        /// Importing files: trying them and committing them.
        ImportRun = "import.run",
        /// Importing as if it had been known from the dates of the sources.
        ImportAsReported = "import.as_reported",
        /// Reading what came of imports.
        ImportRead = "import.read",
        /// Taking an import back.
        ImportUndo = "import.undo",
        /// Reading the files that are attached to records.
        AttachmentRead = "attachment.read",
        /// Attaching files to records.
        AttachmentAdd = "attachment.add",
        /// Taking attached files back.
        AttachmentWithdraw = "attachment.withdraw",
        /// Asking that a record's level be lowered.
        LoweringPropose = "lowering.propose",
        /// Deciding on what another person asked to lower.
        LoweringDecide = "lowering.decide",
        /// Making, listing, changing and revoking tokens.
        TokenManage = "token.manage",
        /// Making, listing, changing and disabling users.
        UserManage = "user.manage",
        /// Reading what was changed about tokens and users.
        AccountChangeRead = "account_change.read",
        /// Reading who was given which exact positions.
        ExportedRead = "exported.read",
        /// Reading when backups and purges were last tried and done.
        UpkeepRead = "upkeep.read",
    }
}

use Role::{Admin, Analyst, Auditor, Coordinator, Partner, Viewer};

const EVERYBODY: &[Role] = &[Viewer, Partner, Coordinator, Analyst, Admin, Auditor];
/// A partner only what is its own: [`may_change`].
const WRITERS: &[Role] = &[Partner, Coordinator, Analyst, Admin];
const IMPORT_READERS: &[Role] = &[Partner, Coordinator, Analyst, Admin, Auditor];
const STAFF: &[Role] = &[Coordinator, Analyst, Admin];
const SENDERS: &[Role] = &[Coordinator, Analyst, Admin, Auditor];
const DECIDERS: &[Role] = &[Analyst, Admin];
const WATCHERS: &[Role] = &[Admin, Auditor];
const ADMINS: &[Role] = &[Admin];

/// A row of the policy: what, and who may.
pub type Row = (Operation, &'static [Role]);

/// The policy.
pub const POLICY: &[Row] = &[
    (Operation::RecordRead, EVERYBODY),
    (Operation::ListRead, EVERYBODY),
    (Operation::FigureRead, EVERYBODY),
    (Operation::ReportRead, EVERYBODY),
    (Operation::ChangesRead, EVERYBODY),
    (Operation::ExportRead, EVERYBODY),
    (Operation::MetricsRead, EVERYBODY),
    (Operation::RecordCreate, WRITERS),
    (Operation::RecordRevise, WRITERS),
    (Operation::RecordAppend, WRITERS),
    (Operation::RecordWithdraw, WRITERS),
    (Operation::RecordConfirm, DECIDERS),
    (Operation::RecordMerge, DECIDERS),
    (Operation::PlanSave, DECIDERS),
    (Operation::ScheduleManage, DECIDERS),
    (Operation::SilenceSet, STAFF),
    (Operation::AlertAck, STAFF),
    (Operation::DeliveryRead, SENDERS),
    (Operation::DeliveryRetry, STAFF),
    (Operation::DeliveryDismiss, STAFF),
    (Operation::ImportRun, WRITERS),
    (Operation::ImportAsReported, ADMINS),
    (Operation::ImportRead, IMPORT_READERS),
    (Operation::ImportUndo, WRITERS),
    (Operation::AttachmentRead, EVERYBODY),
    (Operation::AttachmentAdd, WRITERS),
    (Operation::AttachmentWithdraw, WRITERS),
    (Operation::LoweringPropose, STAFF),
    (Operation::LoweringDecide, DECIDERS),
    (Operation::TokenManage, ADMINS),
    (Operation::UserManage, ADMINS),
    (Operation::AccountChangeRead, WATCHERS),
    (Operation::ExportedRead, WATCHERS),
    (Operation::UpkeepRead, ADMINS),
];

/// May this role do it?
#[must_use]
pub fn may(role: Role, operation: Operation) -> bool {
    who_may(operation).contains(&role)
}

/// The roles that may do it; none where it has no row.
#[must_use]
pub fn who_may(operation: Operation) -> &'static [Role] {
    let row = POLICY.iter().find(|(of, _)| *of == operation);
    row.map_or(&[], |(_, roles)| roles)
}

/// May somebody who may change records change this one, which belongs to `owner`? A partner only its own.
#[must_use]
pub fn may_change(role: Role, clearance: &Clearance, owner: Option<&OrganisationCode>) -> bool {
    match role {
        Partner => clearance.owns(owner),
        other => WRITERS.contains(&other),
    }
}

/// May somebody with this role and level give, or change, a standing? Nobody gives what they have not. A partner sees
/// its organisation's records at every level, so only who sees every level makes one.
#[must_use]
pub fn may_give((role, level): (Role, Sensitivity), standing: &Standing) -> bool {
    let does_more =
        |operation: &&Operation| may(standing.role, **operation) && !may(role, **operation);
    let highest = if standing.role == Partner { Clearance::ALL.level } else { standing.level };
    highest <= level && !Operation::ALL.iter().any(|operation| does_more(&operation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_one_row_and_every_row_somebody() {
        for operation in Operation::ALL {
            assert_eq!(POLICY.iter().filter(|(of, _)| of == operation).count(), 1, "{operation}");
            assert!(!who_may(*operation).is_empty(), "{operation}");
        }
    }

    #[test]
    fn a_viewer_and_an_auditor_write_nothing() {
        let reads = |operation: &Operation| {
            let (_, what) = operation.as_str().split_once('.').unwrap();
            what == "read"
        };
        for role in [Viewer, Auditor] {
            for operation in Operation::ALL.iter().filter(|operation| may(role, **operation)) {
                assert!(reads(operation), "{role} may {operation}");
            }
        }
    }

    #[test]
    fn a_partner_changes_only_what_is_its_own() {
        let code = |code: &str| code.parse::<OrganisationCode>().unwrap();
        let own = Standing {
            role: Partner,
            level: Sensitivity::Internal,
            organisation: Some(code("sarc")),
        };
        let clearance = own.clearance();
        assert!(may_change(Partner, &clearance, Some(&code("sarc"))));
        assert!(!may_change(Partner, &clearance, Some(&code("wfp"))));
        assert!(!may_change(Partner, &clearance, None));
        assert!(!may_change(Partner, &Clearance::ALL, None), "one of nobody owns nothing");
    }

    #[test]
    fn others_change_everybodys_records_or_none() {
        for (role, changes) in
            [(Viewer, false), (Coordinator, true), (Analyst, true), (Admin, true), (Auditor, false)]
        {
            assert_eq!(may_change(role, &Clearance::ALL, None), changes, "{role}");
        }
    }

    #[test]
    fn nobody_gives_a_role_or_a_clearance_above_their_own() {
        let given = |role, level| Standing { role, level, organisation: None };
        let admin = (Admin, Sensitivity::Confidential);
        for role in Role::ALL {
            let may = may_give(admin, &given(*role, Sensitivity::Confidential));
            assert_eq!(may, *role != Partner, "{role}: a partner sees its own at every level");
            assert!(!may_give(admin, &given(*role, Sensitivity::StrictlyConfidential)), "{role}");
        }
        let highest = (Admin, Sensitivity::StrictlyConfidential);
        assert!(may_give(highest, &given(Partner, Sensitivity::Public)));
        let coordinator = (Coordinator, Sensitivity::StrictlyConfidential);
        assert!(may_give(coordinator, &given(Viewer, Sensitivity::Internal)));
        for role in [Analyst, Admin, Auditor] {
            assert!(!may_give(coordinator, &given(role, Sensitivity::Public)), "{role}");
        }
    }
}
