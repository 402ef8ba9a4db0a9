package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads places: a member's name, or a JSON Pointer (RFC 6901) where it starts with a slash. */
final class Places {
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("~(?![01])");

    private Places() {}

    /** Any place, the whole document included. */
    static Optional<Place> read(Scalar scalar, Problems problems) {
        String text = scalar.text();
        if (!text.startsWith("/")) {
            return Optional.of(text.isEmpty() ? Place.ROOT : new Place(List.of(text)));
        }
        if (BROKEN_ESCAPE.matcher(text).find()) {
            String what = Wording.quoted(text) + " is no JSON Pointer: a `~` must be followed by 0 or 1.";
            problems.add(scalar.at(), ProblemCode.INVALID_PLACE, what, "Write `~0` for `~` and `~1` for `/`.");
            return Optional.empty();
        }
        return Optional.of(pointer(text));
    }

    /** A place inside the document. */
    static Optional<Place> readInner(Scalar scalar, Problems problems) {
        var place = read(scalar, problems);
        if (place.isPresent() && place.get().isRoot()) {
            String what = "The whole document cannot be meant here.";
            problems.add(scalar.at(), ProblemCode.INVALID_PLACE, what, "Name a member, or point to one.");
            return Optional.empty();
        }
        return place;
    }

    private static Place pointer(String text) {
        var tokens = new ArrayList<String>();
        for (String token : text.substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return new Place(tokens);
    }
}
