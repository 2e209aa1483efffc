-- Tables that the roll-ups read. Amounts are whole billionths of a tonne CO2e (10 to the power -9 t), so that sums are
-- exact in every engine and in every order; divide by 1000000000 to see tonnes.

-- A plant in a year of the group, as the register of head office knows it.
CREATE TABLE site (
    year INTEGER NOT NULL,
    site VARCHAR(400) NOT NULL,       -- id in the register; country/name of a plant that is not there
    name VARCHAR(400) NOT NULL,
    country VARCHAR(8) NOT NULL,      -- ISO 3166-1 alpha-2
    company VARCHAR(400) NOT NULL,    -- that holds it
    business VARCHAR(400) NOT NULL    -- segment; empty: none was said
);

-- An accepted report.
CREATE TABLE report (
    report VARCHAR(64) NOT NULL,      -- SHA-256 of the signed PDF
    year INTEGER NOT NULL,            -- of the group to which it belongs
    site VARCHAR(400) NOT NULL,
    revision INTEGER NOT NULL,
    first_day VARCHAR(10) NOT NULL,   -- ISO date
    last_day VARCHAR(10) NOT NULL     -- ISO date, included
);

-- Certified lines: one row for each record, month and gas, as signed, whoever owns the plant.
CREATE TABLE line (
    report VARCHAR(64) NOT NULL,
    month VARCHAR(7) NOT NULL,        -- 2024-01
    scope VARCHAR(16) NOT NULL,       -- scope1, scope2_location, scope2_market, scope3; memos exported, avoided
    category INTEGER NOT NULL,        -- of scope 3; 0 elsewhere
    gas VARCHAR(16) NOT NULL,         -- CO2, CH4, N2O, HFCs, PFCs, SF6, NF3; memos biogenic, other
    source VARCHAR(400) NOT NULL,     -- emission source
    item VARCHAR(400) NOT NULL,       -- method and item
    record VARCHAR(400) NOT NULL,     -- id of the activity data in the report
    amount BIGINT NOT NULL
);

-- What counts in the group under one approach: certified lines times the share of their month, added up by source,
-- each sum rounded once, half to even; and, with the id of a transfer, what own plants deliver to each other (negative).
-- Shares are applied before, since SQL has no exact arithmetic that all engines have.
CREATE TABLE counted (
    year INTEGER NOT NULL,
    site VARCHAR(400) NOT NULL,
    report VARCHAR(64) NOT NULL,
    month VARCHAR(7) NOT NULL,
    scope VARCHAR(16) NOT NULL,
    category INTEGER NOT NULL,
    gas VARCHAR(16) NOT NULL,
    source VARCHAR(400) NOT NULL,
    transfer VARCHAR(400) NOT NULL,   -- empty: reported
    amount BIGINT NOT NULL
);
