//! What a token or a person was given: a role, a clearance, and whose they are.

use serde::Serialize;

use super::{Clearance, OrganisationCode, Role, Sensitivity};

/// What a token or a person was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// What they may do.
    pub role: Role,
    /// The highest level that they see.
    #[serde(rename = "clearance")]
    pub level: Sensitivity,
    /// Whose they are; a partner is always somebody's.
    pub organisation: Option<OrganisationCode>,
}

impl Standing {
    /// A role with its usual clearance, nobody's.
    #[must_use]
    pub const fn usual(role: Role) -> Self {
        Self { role, level: role.usual_clearance(), organisation: None }
    }

    /// What they may see: only a partner sees its own organisation's records above its level.
    #[must_use]
    pub fn clearance(&self) -> Clearance {
        let own = self.organisation.clone().filter(|_| self.role == Role::Partner);
        Clearance { level: self.level, organisation: own }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_partner_sees_its_own_above_its_level() {
        let organisation: OrganisationCode = "sarc".parse().unwrap();
        for role in Role::ALL {
            let standing =
                Standing { organisation: Some(organisation.clone()), ..Standing::usual(*role) };
            let clearance = standing.clearance();
            assert_eq!(clearance.level, role.usual_clearance());
            assert_eq!(clearance.owns(Some(&organisation)), *role == Role::Partner, "{role}");
        }
    }
}
