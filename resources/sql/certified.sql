-- Tonnes of each report as signed, by scope, whoever owns the plant: to be held against the receipt.
SELECT
    report.year,
    report.report,
    line.scope,
    SUM(line.amount) AS amount
FROM line
    INNER JOIN report ON line.report = report.report
WHERE line.gas IN ('CO2', 'CH4', 'N2O', 'HFCs', 'PFCs', 'SF6', 'NF3')
GROUP BY report.year, report.report, line.scope
ORDER BY report.year, report.report, line.scope;
