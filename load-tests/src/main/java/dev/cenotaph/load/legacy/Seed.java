package dev.cenotaph.load.legacy;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What a new database starts with: the same rows every time, about 300 bytes each. */
final class Seed {
    private static final int NOTES_A_USER = 2;
    private static final int PHOTOS_AN_ALBUM = 3;
    private static final List<String> NAMES = List.of(
            "Ada",
            "Grace",
            "Edsger",
            "Barbara",
            "Donald",
            "Frances",
            "Alan",
            "Margaret",
            "Dennis",
            "Radia",
            "Ken",
            "Hedy",
            "Tony",
            "Jean",
            "Niklaus",
            "Karen",
            "Leslie",
            "Adele",
            "John",
            "Mary");
    private static final List<String> CITIES = List.of("Utrecht", "Lyon", "Kraków", "Porto", "Malmö", "Graz", "Gent");

    private Seed() {}

    /** Fills a database that was never filled: what was deleted stays deleted over restarts. */
    static void plant(Database database, int rows) {
        database.write(session -> {
            if (session.number("PRAGMA user_version") == 0) {
                for (int number = 1; number <= rows; number++) {
                    plant(session, number);
                }
                session.execute("PRAGMA user_version = 1");
            }
            return true;
        });
    }

    private static void plant(Session session, int n) throws SQLException {
        String number = Integer.toString(n);
        String user = user(n);
        put(session, "orders", Key.top(number), order(n));
        put(session, "customers", Key.top(number), customer(n));
        put(session, "users", Key.top(user), user(n, user));
        for (int note = 1; note <= NOTES_A_USER; note++) {
            put(session, "notes", new Key(user, Integer.toString(note)), note(note, user));
        }
        put(session, "articles", Key.top("article-" + n), article(n));
        put(session, "settings", Key.top("setting-" + n), setting(n));
        put(session, "people", Key.top(number), person(n));
        put(session, "documents", Key.top(number), document(n));
        put(session, "products", Key.top(number), product(n));
        put(session, "parts", Key.top(number), part(n));
        put(session, "metafields", new Key(number, "1"), metafield(n));
        put(session, "issues", Key.top(number), issue(n));
        put(session, "contacts", Key.top(number), contact(n));
        put(session, "vouchers", Key.top(number), voucher(n));
        put(session, "invoices", Key.top(number), invoice(n));
        put(session, "subscribers", Key.top(number), subscriber(n));
        put(session, "mailings", Key.top(number), mailing(n));
        put(session, "coupons", Key.top("coupon-" + n), coupon(n));
        put(session, "manuals", Key.top(number), manual(n));
        put(session, "albums", Key.top(number), album(n));
        for (int photo = 1; photo <= PHOTOS_AN_ALBUM; photo++) {
            put(session, "photos", new Key(number, Integer.toString(photo)), photo(photo, n));
        }
    }

    private static void put(Session session, String name, Key key, String row) throws SQLException {
        Resource resource = Catalogue.named(name).orElseThrow();
        session.put(resource, key, resource.completed(JsonReader.object(JsonReader.read(row)), key));
    }

    private static String order(int n) {
        return """
                {"number": "A-%d", "customer": "%s", "status": "%s", "currency": "EUR", "total": %d.90, \
                "items": [{"sku": "SKU-%d", "quantity": 2, "price": %d.95}], \
                "ship_to": {"street": "%d Long Lane", "city": "%s"}, \
                "comment": "Please ring twice, and leave it with the neighbours if nobody opens.", \
                "created_at": "%s", "deleted_at": null}""".formatted(1000 + n, name(n), of(n, "paid", "open", "shipped"), 2 * n, n, n, n, city(n), time(n));
    }

    private static String voucher(int n) {
        return """
                {"code": "V-%d", "owner": "%s", "value": %d.00, "currency": "EUR", "deleted_at": null, \
                "terms": "One voucher an order; not for gift cards, books, or what is on sale already. No change is given.", \
                "created_at": "%s"}""".formatted(5000 + n, user(n), 5 * n, time(n));
    }

    private static String subscriber(int n) {
        return """
                {"email": "%s@example.org", "name": "%s", "topics": ["news", "%s"], "frequency": "weekly", \
                "source": "Asked for it at the fair, at the stand between the cheese and the bicycles.", \
                "deleted_at": null, "created_at": "%s"}""".formatted(user(n), name(n), of(n, "offers", "events"), time(n));
    }

    private static String mailing(int n) {
        return """
                {"subject": "News, part %d", "editor": {"id": %d, "name": "%s"}, "readers": [{"id": %d, "name": "%s"}, \
                {"id": %d, "name": "%s"}], "text": "What is new, what is old, and what is only borrowed.", \
                "sent_at": "%s"}""".formatted(n, n, name(n), n, name(n), n + 1, name(n + 1), time(n));
    }

    private static String album(int n) {
        return """
                {"title": "%s, summer %d", "owner": "%s", "public": %b, \
                "description": "From the first morning at the station to the last evening at the lake, in no order at all.", \
                "deleted_at": null, "created_at": "%s"}""".formatted(city(n), 1990 + n % 30, name(n), n % 2 == 0, time(n));
    }

    private static String photo(int n, int album) {
        return """
                {"album_id": %d, "caption": "The view from the tower, the %d. time, with the river, the bridge and the hills behind it.", \
                "camera": "A borrowed one", "place": "At the top of the tower", "width": 4000, "height": 3000, \
                "deleted_at": null, "created_at": "%s"}""".formatted(album, n, time(n));
    }

    private static String customer(int n) {
        return """
                {"name": "%s", "email": "%s@example.org", "city": "%s", "credit_limit": %d.00, "vip": %b, \
                "tags": ["newsletter", "%s"], "address": {"street": "%d Station Road", "postcode": "%d AB"}, \
                "comment": "Prefers to be called in the morning; pays by invoice within fourteen days.", \
                "is_trashed": false, "created_at": "%s"}""".formatted(
                        name(n), user(n), city(n), 100 * n, n % 5 == 0, of(n, "retail", "trade"), n, 3500 + n, time(n));
    }

    private static String user(int n, String id) {
        return """
                {"id": "%s", "name": "%s", "email": "%s@example.org", "status": "%s", "roles": ["reader", "%s"], \
                "locale": "en-GB", "preferences": {"theme": "dark", "digest": "weekly", "page_size": 50}, \
                "about": "Joined from %s; answers mails on weekdays, and sometimes on the train home.", \
                "created_at": "%s"}""".formatted(
                id, name(n), id, of(n, "active", "blocked", "active"), of(n, "author", "editor"), city(n), time(n));
    }

    private static String note(int n, String user) {
        return """
                {"title": "Note %d of %s", "text": "Remember the milk, the stamps, and to call the library about \
                the two books that were due last week. The second one may be under the sofa.", \
                "color": "yellow", "pinned": %b, "deleted_at": null, "created_at": "%s"}""".formatted(n, user, n == 1, time(n));
    }

    private static String article(int n) {
        return """
                {"id": "article-%d", "title": "How to rest, part %d", "author": "%s", "language": "en", \
                "words": %d, "rating": 4.50, "text": "There is no hurry. A cup of tea, a window, and an hour that \
                nobody asks about are enough to begin with.", "tags": ["slow", "part-%d"], \
                "seo": {"canonical": "https://example.org/rest/%d", "index": true}, "is_trashed": false, \
                "published_at": "%s"}""".formatted(n, n, name(n), 800 + n, n, n, time(n));
    }

    private static String setting(int n) {
        return """
                {"id": "setting-%d", "group": "%s", "label": "Setting number %d", "type": "number", "value": %d.50, \
                "minimum": 0, "maximum": 1e6, "unit": "seconds", "help": "How long to wait before asking again. \
                Small values make the service busy, large ones make people wait.", "editable": true, \
                "changed_by": "%s", "changed_at": "%s"}""".formatted(n, of(n, "mail", "search", "backup"), n, n, user(n), time(n));
    }

    private static String person(int n) {
        return """
                {"first_name": "%s", "last_name": "of %s", "birth_year": %d, "phone": "+31 30 555 %04d", \
                "email": "%s@example.org", "employer": {"name": "Example Works", "department": "%s"}, \
                "languages": ["en", "nl"], "biography": "Likes long walks, short meetings, and trains that leave \
                on time.", "deleted_at": null, "created_at": "%s"}""".formatted(
                name(n), city(n), 1950 + n % 50, n % 10_000, user(n), of(n, "Research", "Sales", "Care"), time(n));
    }

    private static String document(int n) {
        return """
                {"title": "Report %d", "state": "%s", "pages": %d, "checksum": "%016x", "author": "%s", \
                "abstract": "What was planned, what was done instead, what it cost, and what we should leave alone \
                next time.", "keywords": ["report", "%s"], "created_at": "%s", \
                "_links": {"author": {"href": "/api/users/%s"}}}""".formatted(
                        n, of(n, "draft", "published"), 10 + n, n * 2_654_435_761L, name(n), city(n), time(n), user(n));
    }

    private static String product(int n) {
        return """
                {"name": "Chair no. %d", "sku": "CH-%d", "price": %d.10, "stock": %d, "weight_kg": 4.250, \
                "description": "A chair to sit on, of beech, oiled twice. It folds, it stacks, and it does not wobble.", \
                "extension_fields": [{"key": "colour", "value": "%s"}, {"key": "origin", "value": "%s"}], \
                "created_at": "%s"}""".formatted(n, n, 40 + n, n % 30, of(n, "white", "oak", "black"), city(n), time(n));
    }

    private static String part(int n) {
        return """
                {"name": "Bolt M%d", "sku": "BO-%d", "price": 0.%02d, "stock": %d, "material": "steel", \
                "supplier": {"name": "Bolts of %s", "lead_days": %d}, "description": "Hexagon head, galvanised, sold by \
                the hundred. Fits the chairs, the tables, and most of the shelves.", "created_at": "%s"}""".formatted(3 + n % 20, n, n % 100, 100 * n, city(n), n % 14, time(n));
    }

    private static String metafield(int n) {
        return """
                {"namespace": "warehouse", "key": "shelf", "value": "%s-%d"}""".formatted(of(n, "A", "B", "C"), n);
    }

    private static String issue(int n) {
        return """
                {"subject": "The door of room %d does not close", "status": "%s", "priority": "%s", \
                "assigned_to": {"id": %d, "name": "%s"}, "done_ratio": %d, "estimated_hours": %d.50, \
                "description": "It did until last week. Since then it stops a finger's width from the frame, and \
                opens again.", "is_trashed": false, "created_on": "%s"}""".formatted(
                        100 + n,
                        of(n, "new", "in progress"),
                        of(n, "low", "normal", "high"),
                        n,
                        name(n),
                        n % 10 * 10,
                        n,
                        time(n));
    }

    private static String contact(int n) {
        return """
                {"name": "%s of %s", "email": "%s@example.com", "phone": "+44 20 555 %04d", "status": "%s", \
                "company": "Example & Sons", "language": "en", "source": "%s", "newsletter": %b, \
                "comment": "Met at the fair, and asked for the catalogue and a call in spring.", \
                "created_at": "%s"}""".formatted(
                        name(n),
                        city(n),
                        user(n),
                        n % 10_000,
                        of(n, "active", "lead"),
                        of(n, "fair", "web"),
                        n % 2 == 0,
                        time(n));
    }

    private static String coupon(int n) {
        return """
                {"id": "coupon-%d", "percent": %d.50, "minimum": %d.00, "currency": "EUR", "sent_to": "%s@example.org", \
                "secret": "%08x", "text": "Thank you for your patience. Show this at the till, or write the number into \
                the form.", "created_at": "%s"}""".formatted(n, 5 + n % 20, 10 * n, user(n), n * 40_503, time(n));
    }

    private static String invoice(int n) {
        return """
                {"number": "I-%d", "amount": %d.95, "is_trashed": false}""".formatted(2000 + n, 10 * n);
    }

    private static String manual(int n) {
        return """
                {"title": "Chair no. %d: how to put it together", "edition": 1, "language": "en", "pages": %d, \
                "author": "%s", "steps": ["Unpack it.", "Fold out the legs until they click.", "Sit down slowly."], \
                "warning": "Not a ladder. Keep away from open fire, and from people who lean back in chairs.", \
                "deleted_at": null, "created_at": "%s"}""".formatted(n, 2 + n % 6, name(n), time(n));
    }

    private static String name(int n) {
        return NAMES.get((n - 1) % NAMES.size());
    }

    /** ada, grace … for the first, then with a number. */
    private static String user(int n) {
        String name = name(n).toLowerCase(Locale.ROOT);
        return n <= NAMES.size() ? name : name + "-" + n;
    }

    private static String city(int n) {
        return CITIES.get(n % CITIES.size());
    }

    private static String time(int n) {
        return "2025-%02d-%02dT09:%02d:00Z".formatted(1 + n % 12, 1 + n % 28, n % 60);
    }

    private static String of(int n, String... choices) {
        return choices[n % choices.length];
    }
}
