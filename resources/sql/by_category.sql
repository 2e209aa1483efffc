-- Tonnes of each category of scope 3.
SELECT
    year,
    category,
    SUM(amount) AS amount
FROM counted
WHERE scope = 'scope3'
    AND gas IN ('CO2', 'CH4', 'N2O', 'HFCs', 'PFCs', 'SF6', 'NF3')
GROUP BY year, category
ORDER BY year, category;
