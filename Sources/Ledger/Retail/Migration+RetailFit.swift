extension Migration {
    /// Retailers with what they sell and where, brands, and the workbooks that said so. Names by which things are found stand folded
    /// beside how they are written. Prices and margins are decimal texts, exactly as files wrote them.
    static let retailFit = Migration(
        version: 12, name: "retail fit",
        script: """
            CREATE TABLE retail_retailers (
                id INTEGER PRIMARY KEY AUTOINCREMENT, folded_code TEXT UNIQUE, code TEXT, name TEXT NOT NULL, category TEXT, format TEXT,
                sale_model TEXT, outlets INTEGER, cities INTEGER, states INTEGER, purchase_model TEXT, credit_days INTEGER, logo TEXT,
                pictures TEXT NOT NULL DEFAULT '', folded_category TEXT NOT NULL, folded_format TEXT NOT NULL
            ) STRICT;
            CREATE TABLE retail_products (
                id INTEGER PRIMARY KEY AUTOINCREMENT, own_brand INTEGER, folded_code TEXT, code TEXT NOT NULL, brand TEXT NOT NULL,
                name TEXT NOT NULL, category TEXT NOT NULL, subcategory TEXT NOT NULL, description TEXT NOT NULL, price TEXT,
                pack_size TEXT NOT NULL, unit TEXT NOT NULL, value TEXT, folded_brand TEXT NOT NULL, folded_category TEXT NOT NULL,
                folded_subcategory TEXT NOT NULL, own_key TEXT, UNIQUE (folded_code), UNIQUE (own_brand, own_key)
            ) STRICT;
            CREATE INDEX retail_products_by_brand ON retail_products (folded_brand);
            CREATE INDEX retail_products_by_category ON retail_products (folded_category, folded_subcategory);
            CREATE TABLE retail_listings (
                retailer INTEGER NOT NULL, product INTEGER NOT NULL, price TEXT, annual_sale TEXT, margin TEXT,
                PRIMARY KEY (retailer, product)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE retail_places (
                id INTEGER PRIMARY KEY AUTOINCREMENT, retailer INTEGER NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL,
                folded_city TEXT NOT NULL, folded_state TEXT NOT NULL, UNIQUE (retailer, folded_city, folded_state)
            ) STRICT;
            CREATE TABLE brands (
                id INTEGER PRIMARY KEY AUTOINCREMENT, folded_name TEXT NOT NULL UNIQUE, name TEXT NOT NULL, website TEXT,
                contact_number TEXT, official_email TEXT, designation TEXT, first_name TEXT, last_name TEXT, margin TEXT, turnover TEXT,
                created_at INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 1, published_revision INTEGER NOT NULL DEFAULT 0,
                published_market INTEGER NOT NULL DEFAULT 0
            ) STRICT;
            CREATE INDEX brands_changed ON brands (id) WHERE published_revision <> revision;
            CREATE INDEX brands_by_published_market ON brands (published_market);
            CREATE TABLE brand_categories (
                id INTEGER PRIMARY KEY AUTOINCREMENT, brand INTEGER NOT NULL, category TEXT NOT NULL, subcategory TEXT NOT NULL
            ) STRICT;
            CREATE INDEX brand_categories_by_brand ON brand_categories (brand);
            CREATE TABLE retail_uploads (
                id INTEGER PRIMARY KEY AUTOINCREMENT, batch_id TEXT NOT NULL UNIQUE, filename TEXT NOT NULL, status TEXT NOT NULL,
                records INTEGER, message TEXT, uploader TEXT, created_at INTEGER NOT NULL, ended_at INTEGER
            ) STRICT;
            CREATE TABLE retail_version (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL) STRICT;
            INSERT INTO retail_version VALUES (1, 1);
            """)
}
