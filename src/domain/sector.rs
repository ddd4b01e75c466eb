//! Sectors of aid, by the codes that HDX HAPI gives them.

use super::choice::choice;

choice! {
    /// What a convoy, or a part of it, is meant for.
    Sector {
        /// Camp coordination and camp management.
        Camps = "CCM",
        /// Education.
        Education = "EDU",
        /// Early recovery.
        EarlyRecovery = "ERY",
        /// Food security.
        Food = "FSC",
        /// Health.
        Health = "HEA",
        /// Logistics.
        Logistics = "LOG",
        /// Nutrition.
        Nutrition = "NUT",
        /// Protection.
        Protection = "PRO",
        /// Child protection.
        ChildProtection = "PRO-CPN",
        /// Gender-based violence.
        GenderBasedViolence = "PRO-GBV",
        /// Housing, land and property.
        Housing = "PRO-HLP",
        /// Mine action.
        MineAction = "PRO-MIN",
        /// Emergency shelter and household items.
        Shelter = "SHL",
        /// Emergency telecommunications.
        Telecommunications = "TEL",
        /// Water, sanitation and hygiene.
        Water = "WSH",
        /// Cash.
        Cash = "Cash",
    }
}
