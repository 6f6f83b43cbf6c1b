-- 次の一手 before a case (4.8): when somebody goes there again, and how far trust has come.
ALTER TABLE lead_contacts ADD COLUMN next_on date, ADD COLUMN trust text;
ALTER TABLE leads ADD COLUMN next_on date, ADD COLUMN trust text;
