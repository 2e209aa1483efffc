-- Tonnes of each scope, with the memos exported and avoided.
SELECT
    year,
    scope,
    SUM(amount) AS amount
FROM counted
WHERE gas IN ('CO2', 'CH4', 'N2O', 'HFCs', 'PFCs', 'SF6', 'NF3')
GROUP BY year, scope
ORDER BY year, scope;
