// Sellout
