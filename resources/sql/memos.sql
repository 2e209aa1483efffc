-- What is kept apart: CO2 of biomass and gases outside the basket, over scopes 1, 2 (location-based) and 3.
SELECT
    year,
    gas,
    SUM(amount) AS amount
FROM counted
WHERE gas IN ('biogenic', 'other')
    AND scope IN ('scope1', 'scope2_location', 'scope3')
GROUP BY year, gas
ORDER BY year, gas;
