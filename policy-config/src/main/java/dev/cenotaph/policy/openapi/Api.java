package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The paths of a document, and what is sent to and answered by each. */
final class Api {
    private static final Pattern SUCCESS = Pattern.compile("2(?:\\d\\d|XX|xx)");
    private static final Pattern JSON =
            Pattern.compile("(?:application/(?:.+\\+)?json|\\*/\\*|application/\\*)(?:;.*)?");
    private static final Pattern SERVER_VARIABLE = Pattern.compile("\\{([^}]+)}");

    private final OpenAPI model;
    private final Schemas schemas;
    private final Kinds kinds;
    private final Map<String, ApiPath> paths = new LinkedHashMap<>();
    private final List<UnreadPath> unread = new ArrayList<>();

    Api(OpenApiDocument document) {
        model = document.model();
        schemas = new Schemas(model);
        model.getPaths().forEach(this::add);
        kinds = new Kinds(schemas, things());
    }

    /** The names of what the GETs of paths that end in a variable answer with. */
    private Set<String> things() {
        return paths.values().stream()
                .filter(ApiPath::endsInVariable)
                .flatMap(path -> path.operation(HttpMethod.GET).stream())
                .flatMap(get -> answer(get).stream())
                .flatMap(answer -> schemas.name(answer).stream())
                .collect(Collectors.toSet());
    }

    private void add(String text, PathItem item) {
        resolved(text, item).ifPresent(resolved -> {
            String base = serverUrls(Optional.ofNullable(resolved.getServers()).orElse(List.of())).stream()
                    .findFirst()
                    .map(ServerUrl::path)
                    .orElseGet(this::basePath);
            paths.put(text, new ApiPath(text, base, resolved, TemplateText.template(base + text)));
        });
    }

    /** Where a chain of references ends; where it does not, the path counts as unread. */
    private Optional<PathItem> resolved(String text, PathItem item) {
        var seen = new LinkedHashSet<String>();
        PathItem at = item;
        while (at.get$ref() != null) {
            String reference = at.get$ref();
            if (!reference.startsWith("#/")) {
                unread.add(UnreadPath.elsewhere(text));
                return Optional.empty();
            }
            if (!seen.add(reference)) {
                unread.add(UnreadPath.circular(text));
                return Optional.empty();
            }
            Optional<PathItem> referred = referred(reference);
            if (referred.isEmpty()) {
                unread.add(UnreadPath.missing(text, reference));
                return Optional.empty();
            }
            at = referred.get();
        }
        return Optional.of(at);
    }

    private Optional<PathItem> referred(String reference) {
        if (reference.startsWith("#/paths/")) {
            return Optional.ofNullable(model.getPaths().get(Pointers.lastOf(reference)));
        }
        return reference.startsWith("#/components/pathItems/")
                ? Optional.ofNullable(model.getComponents())
                        .map(Components::getPathItems)
                        .map(items -> items.get(Pointers.lastOf(reference)))
                : Optional.empty();
    }

    Schemas schemas() {
        return schemas;
    }

    Kinds kinds() {
        return kinds;
    }

    /** In the order of the document. */
    List<ApiPath> paths() {
        return List.copyOf(paths.values());
    }

    Optional<ApiPath> path(String text) {
        return Optional.ofNullable(paths.get(text));
    }

    /** The paths whose operations are not known. */
    List<UnreadPath> unreadPaths() {
        return List.copyOf(unread);
    }

    List<ApiOperation> operations(HttpMethod method) {
        return paths.values().stream()
                .flatMap(path -> path.operation(method).stream())
                .toList();
    }

    /** Origin and path of the first server. */
    Optional<ServerUrl> server() {
        return serverUrls(Optional.ofNullable(model.getServers()).orElse(List.of())).stream()
                .findFirst();
    }

    private String basePath() {
        return server().map(ServerUrl::path).orElse("");
    }

    private static List<ServerUrl> serverUrls(List<Server> servers) {
        return servers.stream()
                .filter(server -> server.getUrl() != null)
                .map(server -> ServerUrl.of(filled(server)))
                .toList();
    }

    private static String filled(Server server) {
        return SERVER_VARIABLE
                .matcher(server.getUrl())
                .replaceAll(match -> Matcher.quoteReplacement(Optional.ofNullable(server.getVariables())
                        .map(variables -> variables.get(match.group(1)))
                        .flatMap(variable -> Optional.ofNullable(variable.getDefault()))
                        .orElse(match.group(1))));
    }

    /** The JSON of the first successful answer. */
    Optional<Schema<?>> answer(ApiOperation operation) {
        return success(operation).flatMap(response -> json(response.getContent()));
    }

    /** The status of the first successful answer. */
    Optional<String> successStatus(ApiOperation operation) {
        return Optional.ofNullable(operation.operation().getResponses()).stream()
                .flatMap(responses -> responses.keySet().stream())
                .filter(status -> SUCCESS.matcher(status).matches())
                .sorted()
                .findFirst();
    }

    private Optional<ApiResponse> success(ApiOperation operation) {
        return successStatus(operation)
                .map(status -> operation.operation().getResponses().get(status))
                .or(() -> Optional.ofNullable(operation.operation().getResponses())
                        .map(responses -> responses.get("default")))
                .flatMap(this::resolved);
    }

    private Optional<ApiResponse> resolved(ApiResponse response) {
        return response.get$ref() == null
                ? Optional.of(response)
                : Optional.ofNullable(model.getComponents())
                        .map(Components::getResponses)
                        .map(responses -> responses.get(Pointers.lastOf(response.get$ref())));
    }

    /** What a request's JSON is, by the media type that it is sent as. */
    Map<String, Schema<?>> requests(ApiOperation operation) {
        var requests = new LinkedHashMap<String, Schema<?>>();
        Optional.ofNullable(operation.operation().getRequestBody())
                .flatMap(this::resolved)
                .map(RequestBody::getContent)
                .ifPresent(content -> content.forEach((type, media) -> {
                    if (JSON.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
                        requests.put(type.toLowerCase(Locale.ROOT), schema(media));
                    }
                }));
        return requests;
    }

    private Optional<RequestBody> resolved(RequestBody body) {
        return body.get$ref() == null
                ? Optional.of(body)
                : Optional.ofNullable(model.getComponents())
                        .map(Components::getRequestBodies)
                        .map(bodies -> bodies.get(Pointers.lastOf(body.get$ref())));
    }

    private static Optional<Schema<?>> json(Content content) {
        return Optional.ofNullable(content).stream()
                .flatMap(types -> types.entrySet().stream())
                .filter(type ->
                        JSON.matcher(type.getKey().toLowerCase(Locale.ROOT)).matches())
                .<Schema<?>>map(type -> schema(type.getValue()))
                .findFirst();
    }

    private static Schema<?> schema(MediaType media) {
        Schema<?> schema = media.getSchema();
        return schema == null ? new Schema<>() : schema;
    }

    /** The parameter that stands for a variable of the path. */
    Optional<Parameter> pathParameter(ApiPath path, String name) {
        var all = new ArrayList<Parameter>();
        path.operations()
                .forEach(operation -> Optional.ofNullable(operation.operation().getParameters())
                        .ifPresent(all::addAll));
        Optional.ofNullable(path.item().getParameters()).ifPresent(all::addAll);
        return all.stream()
                .flatMap(parameter -> resolved(parameter).stream())
                .filter(parameter -> "path".equals(parameter.getIn()) && name.equals(parameter.getName()))
                .findFirst();
    }

    /** The names of an operation's query parameters, those of its path among them. */
    List<String> queryParameters(ApiOperation operation) {
        var all = new ArrayList<Parameter>();
        Optional.ofNullable(operation.operation().getParameters()).ifPresent(all::addAll);
        Optional.ofNullable(operation.path().item().getParameters()).ifPresent(all::addAll);
        return all.stream()
                .flatMap(parameter -> resolved(parameter).stream())
                .filter(parameter -> "query".equals(parameter.getIn()) && parameter.getName() != null)
                .map(Parameter::getName)
                .toList();
    }

    private Optional<Parameter> resolved(Parameter parameter) {
        return parameter.get$ref() == null
                ? Optional.of(parameter)
                : Optional.ofNullable(model.getComponents())
                        .map(Components::getParameters)
                        .map(parameters -> parameters.get(Pointers.lastOf(parameter.get$ref())));
    }
}
