// SelloutTests
