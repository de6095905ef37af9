"""What people call totals, and other words that the deviations write into files."""

TOTALS = ["Viso", "Iš viso", "Razem", "Ogółem", "Suma", "Kopā", "Kopsumma", "Kokku", "Разом", "Всього", "Итого", "Summe", "Gesamt", "Totaal",
          "Totale", "Celkem", "Yhteensä", "Summa", "Sum", "Totals", "Grand Total", "T O T A L", "TTL", "Tot.", "Totla", "Subtotal",
          "Zwischensumme", "All stores", "All", "Sum of all", "Lithuania Total", "Total Lithuania", "Total Sales Channels", "Everything",
          "Together", "Q1", "YTD", "2025", "Baltics", "Σ", "合計", "Company", "Group", "Overall"]
PARTS = ["{} Total", "Total {}", "{} shops", "All {}", "{}", "{} viso", "Sum {}", "{} (all)", "Subtotal", "{} region"]
NUMERIC = ["Stock", "Stock on hand", "Target", "Budget", "Rank", "Margin", "Price", "RRP", "Discount", "Discount %", "Tax", "VAT", "Testers", "Returns",
           "YTD", "Qty YTD", "Sales YTD", "LY", "Last year", "Qty LY", "2024", "SPLY", "Growth", "Index", "Forecast", "Orders", "Net", "Gross", "x", None]
OLD = ["{} (2)", "{} old", "old", "{} corrected", "Copy of {}", "{} copy", "{} v2", "{} final", "corrected", "Sheet2", "{} - 1", "backup"]
OTHERS = ["W15", "Week 15", "2025 03", "2024", "{} 2024", "March", "Mar 2025", "Vilnius", "Store 2", "London", "Q1", "{} Madrid", "{} W15", "2024 12"]
NOT_A_FIGURE = ["approx. 200", "~3", "ca. 3", "200?", "TBC", "see note", "2-3", "three", "?", "pending", "1.2k", "sold out", "2 or 3", "<5", "1/2", "2+1"]
CURRENCIES = {"EUR": ["$", "£", "zł", "USD ", "CHF ", "R ", "₴"], "GBP": ["$", "€", "USD ", "EUR "], "ZAR": ["$", "€", "£", "USD "],
              "PLN": ["€"]}
CURRENCY = {"boxnox": "EUR", "galilu": "PLN", "skins_sa": "ZAR", "skins_nl": "EUR", "cdlc": "EUR", "liberty": "GBP", "selfridges": "GBP",
            "aromateque": "EUR", "continuity": "EUR", "online": "EUR"}
