import Marketplace
import Screen

extension Pane {
    /// Draws what stands beside a list, and the line between them.
    ///
    /// While a key repeats, what follows the cursor shows its labels alone: values of a row that was passed could be taken
    /// for those of the row on the cursor.
    /// - Parameter scroll: The first line of it, where a row is open.
    func drawBeside(
        _ page: @autoclosure () -> Page?, from scroll: Int = 0, on canvas: inout Canvas, in rect: Rect, _ model: Model
    ) {
        canvas.verticalRule(x: rect.x - 1, y: rect.y, height: rect.height)
        let isOpened = openRow != nil
        page()?.draw(
            on: &canvas, in: rect, from: isOpened ? scroll : 0, labelsOnly: model.holdsPreview && !isOpened)
    }
}
