-- Tonnes of each plant; plants of one name may stand in two countries.
SELECT
    counted.year, site.site, site.name, site.country,
    SUM(CASE WHEN scope IN ('scope1', 'scope2_location', 'scope3') THEN amount ELSE 0 END) AS location,
    SUM(CASE WHEN scope IN ('scope1', 'scope2_market', 'scope3') THEN amount ELSE 0 END) AS market
FROM counted
    INNER JOIN site ON counted.site = site.site AND counted.year = site.year
WHERE gas IN ('CO2', 'CH4', 'N2O', 'HFCs', 'PFCs', 'SF6', 'NF3')
    AND scope IN ('scope1', 'scope2_location', 'scope2_market', 'scope3')
GROUP BY counted.year, site.site, site.name, site.country
ORDER BY counted.year, site.site, site.name, site.country;
