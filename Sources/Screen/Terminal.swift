/// A place where a canvas can be shown. Only its owner's thread may call it.
public protocol Terminal: AnyObject {
    var size: Size { get }
    /// Makes the screen show `canvas`; sends only what changed since the last call.
    func present(_ canvas: Canvas)
}
