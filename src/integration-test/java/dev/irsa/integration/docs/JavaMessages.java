package dev.irsa.integration.docs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads the messages of Java sources: string literals that are sentences. Concatenated strings are one message. */
final class JavaMessages extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final LineMap lines;
    private final SourcePositions positions;
    private final String file;
    private final List<Passage> found = new ArrayList<>();

    private JavaMessages(CompilationUnitTree unit, SourcePositions positions) {
        this.unit = unit;
        this.lines = unit.getLineMap();
        this.positions = positions;
        this.file = Path.of("")
                .toAbsolutePath()
                .relativize(Path.of(unit.getSourceFile().toUri()))
                .toString();
    }

    static List<Passage> of(Collection<Path> sources) throws IOException {
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK, not a JRE");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var options = List.of("-proc:none");
            var units = files.getJavaFileObjectsFromPaths(sources);
            var task = (JavacTask) compiler.getTask(null, files, null, options, null, units);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<Passage> all = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                var messages = new JavaMessages(unit, positions);
                messages.scan(unit, null);
                all.addAll(messages.found);
            }
            return all;
        }
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
        if (literal.getKind() == Tree.Kind.STRING_LITERAL) {
            add(literal, (String) literal.getValue());
        }
        return null;
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree sum, @Nullable Void nothing) {
        List<ExpressionTree> operands = new ArrayList<>();
        flatten(sum, operands);
        if (operands.stream().noneMatch(operand -> operand.getKind() == Tree.Kind.STRING_LITERAL)) {
            return super.visitBinary(sum, null);
        }
        StringBuilder text = new StringBuilder();
        for (ExpressionTree operand : operands) {
            if (operand instanceof LiteralTree literal) {
                text.append(literal.getValue());
            } else {
                text.append('X');
                scan(operand, null);
            }
        }
        add(sum, text.toString());
        return null;
    }

    private void add(Tree tree, String text) {
        long line = lines.getLineNumber(positions.getStartPosition(unit, tree));
        found.addAll(Passages.ofMessage(file + ":" + line, text));
    }

    private static void flatten(ExpressionTree tree, List<ExpressionTree> operands) {
        switch (tree) {
            case BinaryTree sum
            when sum.getKind() == Tree.Kind.PLUS -> {
                flatten(sum.getLeftOperand(), operands);
                flatten(sum.getRightOperand(), operands);
            }
            // The parser joins neighboring literals, so that only one may be left between parentheses.
            case ParenthesizedTree inner
            when inner.getExpression() instanceof BinaryTree || inner.getExpression() instanceof LiteralTree ->
                flatten(inner.getExpression(), operands);
            default -> operands.add(tree);
        }
    }
}
