package dev.cenotaph.policy.openapi;

import java.util.function.IntUnaryOperator;

/**
 * A document as large public APIs have them: many resources, nested ones, searches, schemas that refer to each other in
 * circles, envelopes in envelopes; and documents whose schemas are composed of each other, in chains and in rings.
 */
final class LargeDocument {
    private static final int KINDS = 4;

    private LargeDocument() {}

    /** YAML with five paths a resource. */
    static String of(int resources) {
        var paths = new StringBuilder("""
                openapi: 3.0.3
                info: { title: Large, version: '1' }
                servers: [ { url: https://api.example.com/v3 } ]
                paths:
                """);
        var schemas = new StringBuilder("components:\n").append("  schemas:\n");
        for (int i = 0; i < resources; i++) {
            addPaths(paths, i);
            addSchemas(schemas, i, resources);
        }
        return paths.append(schemas).toString();
    }

    /** YAML with two paths a resource, the item of each composed of the next one's: all of them have what any of them has. */
    static String ring(int resources) {
        return composed(resources, i -> (i + 1) % resources);
    }

    /** YAML with two paths a resource, the items composed in chains. */
    static String chains(int resources, int length) {
        return composed(resources, i -> i % length == length - 1 ? i : i + 1);
    }

    private static String composed(int resources, IntUnaryOperator base) {
        var paths = new StringBuilder("""
                openapi: 3.0.3
                info: { title: Composed, version: '1' }
                servers: [ { url: https://api.example.com } ]
                paths:
                """);
        var schemas = new StringBuilder("components:\n").append("  schemas:\n");
        for (int i = 0; i < resources; i++) {
            paths.append("""
                      /r%1$d:
                        get:
                          responses: { '200': { description: A page., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/R%1$d' } } } } } }
                      /r%1$d/{id}:
                        parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
                        get:
                          responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/R%1$d' } } } } }
                        patch:
                          requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/R%1$d' } } } }
                          responses: { '200': { description: Changed. } }
                        delete: { responses: { '204': { description: Gone. } } }
                    """.formatted(i).indent(2));
            String composedOf =
                    base.applyAsInt(i) == i ? "" : "- { $ref: '#/components/schemas/R" + base.applyAsInt(i) + "' }";
            schemas.append("""
                        R%1$d:
                          allOf:
                            %2$s
                            - { type: object, properties: { id: { type: string }, deleted_at: { type: string, format: date-time }, of: { $ref: '#/components/schemas/R%1$d' } } }
                            - { type: object, properties: { own%3$d: { type: string }, lines: { type: array, items: { type: object, properties: { at: { type: string } } } } } }
                    """.formatted(i, composedOf, i % KINDS).indent(4));
        }
        return paths.append(schemas).toString();
    }

    private static void addPaths(StringBuilder text, int i) {
        text.append("""
                  /r%1$d:
                    get:
                      operationId: list%1$d
                      description: Lists them all, a page at a time, as the caller may see them.
                      responses: { '200': { description: A page., content: { application/json: { schema: { $ref: '#/components/schemas/Page%1$d' } } } } }
                    post:
                      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/R%1$d' } } } }
                      responses: { '201': { description: Created. } }
                  /r%1$d/{id}:
                    parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
                    get:
                      responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/R%1$d' } } } } }
                    patch:
                      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/R%1$d' } } } }
                      responses: { '200': { description: Changed. } }
                    delete: { responses: { '204': { description: Gone. } } }
                  /r%1$d/{id}/parts:
                    parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
                    get:
                      responses: { '200': { description: Parts., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Part%1$d' } } } } } }
                  /r%1$d/{id}/parts/{part}:
                    parameters: [ { name: id, in: path, required: true, schema: { type: string } }, { name: part, in: path, required: true, schema: { type: integer } } ]
                    get:
                      responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Part%1$d' } } } } }
                    put:
                      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Part%1$d' } } } }
                      responses: { '200': { description: Changed. } }
                    delete: { responses: { '204': { description: Gone. } } }
                  /r%1$d/search:
                    get:
                      responses: { '200': { description: Found., content: { application/json: { schema: { $ref: '#/components/schemas/Page%1$d' } } } } }
                """.formatted(i).indent(2));
    }

    private static void addSchemas(StringBuilder text, int i, int resources) {
        String marker = switch (i % KINDS) {
            case 0 -> "deleted_at: { type: string, format: date-time, nullable: true }";
            case 1 -> "archived: { type: boolean }";
            case 2 -> "status: { type: string, enum: [active, deleted] }";
            default -> "name: { type: string }";
        };
        text.append("""
                    R%1$d:
                      type: object
                      properties:
                        id: { type: string }
                        %4$s
                        self: { $ref: '#/components/schemas/R%1$d' }
                        next: { $ref: '#/components/schemas/R%2$d' }
                        friend: { $ref: '#/components/schemas/R%3$d' }
                        parts: { type: array, items: { $ref: '#/components/schemas/Part%1$d' } }
                        deep: { type: object, properties: { deeper: { type: object, properties: { deepest: { type: object, properties: { map: { type: object, additionalProperties: { $ref: '#/components/schemas/R%3$d' } } } } } } } }
                    Part%1$d:
                      allOf:
                        - { type: object, properties: { part: { type: integer }, removed: { type: boolean } } }
                        - { type: object, properties: { of: { $ref: '#/components/schemas/R%1$d' } } }
                    Page%1$d:
                      type: object
                      properties:
                        data: { type: array, items: { $ref: '#/components/schemas/R%1$d' } }
                        paging: { type: object, properties: { next: { type: string }, total: { type: integer } } }
                """.formatted(i, (i + 1) % resources, (i * 7 + 3) % resources, marker)
                .indent(4));
    }
}
