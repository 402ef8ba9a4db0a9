package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.PolicyProblem;
import java.util.Locale;

/** What can be wrong with policy files. The names are stable: people search for them and scripts match them. */
public enum ProblemCode {
    // Files
    /** The path does not exist or holds no policy file. */
    NO_POLICY_FILES,
    /** The file cannot be read. */
    UNREADABLE_FILE,
    /** The file's bytes are not UTF-8. */
    NOT_UTF_8,
    /** Two files differ in their ending alone. */
    DUPLICATE_FILE_NAME,

    // YAML
    /** The text is not YAML. */
    YAML_SYNTAX,
    /** The file holds nothing. */
    EMPTY_FILE,
    /** The file holds more than one document. */
    SEVERAL_DOCUMENTS,
    /** The file is longer, deeper or, with its aliases written out, larger than any policy. */
    TOO_LARGE,
    /** YAML tags are not read. */
    TAG_NOT_ALLOWED,
    /** A map has a key twice. */
    DUPLICATE_KEY,

    // Keys and values
    /** The language has no such key here. */
    UNKNOWN_KEY,
    /** A key that must be there is not. */
    MISSING_KEY,
    /** A map, a list or a text stands where another of them belongs. */
    WRONG_TYPE,
    /** The value is none of those that the key takes. */
    INVALID_VALUE,
    /** A map or a list that must hold something is empty. */
    EMPTY_VALUE,
    /** The language knows it, this version of the gateway cannot do it. */
    NOT_SUPPORTED_YET,
    /** The file is written in another version of the language. */
    UNSUPPORTED_VERSION,
    /** The key belongs to each resource and not to the defaults. */
    NOT_A_DEFAULT,
    /** A resource, a parameter or a segment has a name that it cannot have. */
    INVALID_NAME,
    /** One name stands for two things. */
    DUPLICATE_NAME,
    /** Two resources of the set have one name. */
    DUPLICATE_RESOURCE,

    // Upstreams
    /** The upstream is not an absolute http or https URL of a host. */
    INVALID_UPSTREAM,
    /** An environment variable is not set and has no default. */
    UNDEFINED_VARIABLE,

    // Templates, places, patterns
    /** The path template is malformed. */
    INVALID_TEMPLATE,
    /** The variables of a template do not fit those of another. */
    TEMPLATE_VARIABLES,
    /** The template does not lie below the item. */
    TEMPLATE_NOT_BELOW_ITEM,
    /** One path could mean two things. */
    TEMPLATE_COLLISION,
    /** Neither a member's name nor a JSON Pointer, or the whole document where only a part will do. */
    INVALID_PLACE,
    /** Not a regular expression. */
    INVALID_PATTERN,
    /** A regular expression that a crafted id could keep busy for ages. */
    UNSAFE_PATTERN,
    /** Not an ISO-8601 duration. */
    INVALID_DURATION,
    /** A duration that is nothing, too long, or not always as long: years and months. */
    INEXACT_DURATION,

    // Keys that must fit together
    /** A marker is of no kind, or of two. */
    MARKER_KIND,
    /** A restore would write the value that means trashed. */
    LIVE_EQUALS_TRASHED,
    /** Two keys exclude each other. */
    CONTRADICTION,
    /** The marker lies in a sub-resource, to which this key does not apply. */
    WRITE_NOT_USED;

    /** As it stands in a problem: {@code unknown-key}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A problem with a file as a whole. */
    public PolicyProblem ofFile(String file, String what, String mend) {
        return new PolicyProblem(file, 1, 1, text(), what, mend);
    }
}
