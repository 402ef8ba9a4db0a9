package dev.cenotaph.policy.yaml;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads {@code upstream}: variables filled in, then an absolute http or https URL of a host and nothing more. */
final class UpstreamReader {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");
    private static final String MEND = "Write it like `http://localhost:9090` or `${SHOP_URL:http://localhost:9090}`.";

    private final Environment environment;
    private final Problems problems;

    UpstreamReader(Environment environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    Optional<URI> read(Scalar text) {
        return filled(text).flatMap(url -> uri(text, url));
    }

    private Optional<String> filled(Scalar text) {
        var variables = VARIABLE.matcher(text.text()).results().toList();
        var unset =
                variables.stream().filter(variable -> value(variable).isEmpty()).toList();
        for (MatchResult variable : unset) {
            String name = variable.group(1);
            String what = "The environment variable " + Wording.quoted(name) + " is not set.";
            String mend = "Set it, or write a default: `${" + name + ":http://localhost:9090}`.";
            problems.add(text.at(), ProblemCode.UNDEFINED_VARIABLE, what, mend);
        }
        return unset.isEmpty() ? Optional.of(fill(text.text())) : Optional.empty();
    }

    private String fill(String text) {
        var filled = new StringBuilder();
        int end = 0;
        for (MatchResult variable : VARIABLE.matcher(text).results().toList()) {
            filled.append(text, end, variable.start()).append(value(variable).orElse(""));
            end = variable.end();
        }
        return filled.append(text, end, text.length()).toString();
    }

    /** What is set to nothing counts as not set. */
    private Optional<String> value(MatchResult variable) {
        return Optional.ofNullable(environment.get(variable.group(1)))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(variable.group(2)));
    }

    private Optional<URI> uri(Scalar text, String url) {
        try {
            var uri = new URI(url);
            var complaint = complaint(uri);
            if (complaint.isEmpty()) {
                return Optional.of(new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null));
            }
            invalid(text, complaint.get());
        } catch (URISyntaxException e) {
            invalid(text, "is no URL");
        }
        return Optional.empty();
    }

    private static Optional<String> complaint(URI uri) {
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            return Optional.of("does not start with `http://` or `https://`");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("has a user; credentials are the clients' own");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Optional.of("names no host and port");
        }
        boolean bare = "".equals(uri.getRawPath()) || "/".equals(uri.getRawPath());
        return bare && uri.getRawQuery() == null && uri.getRawFragment() == null
                ? Optional.empty()
                : Optional.of("goes on after the host; paths belong to the resources");
    }

    /** Quotes what the file says and not what the environment holds, which may be a secret. */
    private void invalid(Scalar text, String what) {
        String filledIn = text.text().contains("${") ? ", filled in," : "";
        problems.add(
                text.at(),
                ProblemCode.INVALID_UPSTREAM,
                Wording.quoted(text.text()) + filledIn + " " + what + ".",
                MEND);
    }
}
