-- What each transfer between own plants takes away, by scope; negative.
SELECT
    year,
    transfer,
    scope,
    SUM(amount) AS amount
FROM counted
WHERE transfer <> ''
    AND gas IN ('CO2', 'CH4', 'N2O', 'HFCs', 'PFCs', 'SF6', 'NF3')
GROUP BY year, transfer, scope
ORDER BY year, transfer, scope;
