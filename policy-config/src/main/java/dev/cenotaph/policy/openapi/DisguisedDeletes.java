package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Operations that delete by another method than DELETE, as far as their paths say. */
final class DisguisedDeletes {
    private static final Pattern NAME =
            Pattern.compile("(?i).*[/:.](?:(?:bulk|batch|mass|multi)[-_]?)?(?:delete|destroy|purge|erase|remove)"
                    + "(?:[-_]?(?:all|many|batch|bulk))?(?:\\.[a-z]+)?/?");

    private DisguisedDeletes() {}

    static List<ApiOperation> in(Api api) {
        return Stream.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.GET, HttpMethod.PATCH)
                .flatMap(method -> api.operations(method).stream())
                .filter(operation -> NAME.matcher(operation.path().text()).matches())
                .toList();
    }
}
