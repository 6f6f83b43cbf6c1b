-- Of two contacts on one day the one written down later says what comes next; ids tell no order.
ALTER TABLE lead_contacts ADD COLUMN nth int NOT NULL DEFAULT 0;
