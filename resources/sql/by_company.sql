-- Tonnes of each legal entity.
SELECT
    counted.year, site.company,
    SUM(CASE WHEN scope IN ('scope1', 'scope2_location', 'scope3') THEN amount ELSE 0 END) AS location,
    SUM(CASE WHEN scope IN ('scope1', 'scope2_market', 'scope3') THEN amount ELSE 0 END) AS market
FROM counted
    INNER JOIN site ON counted.site = site.site AND counted.year = site.year
WHERE gas IN ('CO2', 'CH4', 'N2O', 'HFCs', 'PFCs', 'SF6', 'NF3')
    AND scope IN ('scope1', 'scope2_location', 'scope2_market', 'scope3')
GROUP BY counted.year, site.company
ORDER BY counted.year, site.company;
