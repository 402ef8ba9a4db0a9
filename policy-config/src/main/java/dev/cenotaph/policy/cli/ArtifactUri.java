package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.source.PolicyFiles;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a file as a URI reference (SARIF 2.1.0 §3.4.4, RFC 3986). */
final class ArtifactUri {
    // RFC 3986 §3.3: what a path may hold as it is.
    private static final String UNESCAPED =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,=:@/";

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:/.*");

    private ArtifactUri() {}

    /** Empty for what is no file. */
    static Optional<String> of(String file) {
        return file.equals(PolicyFiles.STANDARD_INPUT) ? Optional.empty() : Optional.of(uri(file.replace('\\', '/')));
    }

    private static String uri(String path) {
        String encoded = encoded(path);
        if (path.startsWith("/")) {
            return "file://" + encoded;
        }
        if (DRIVE.matcher(path).matches()) {
            return "file:///" + encoded;
        }
        // §4.2: a colon in the first segment would end a scheme.
        return encoded.split("/", 2)[0].contains(":") ? "./" + encoded : encoded;
    }

    private static String encoded(String path) {
        var encoded = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (UNESCAPED.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }
}
