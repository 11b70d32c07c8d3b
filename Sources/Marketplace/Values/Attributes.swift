/// Free-form attributes that an account, order or subscription carries; names and values are texts (REFERENCE 18).
public typealias Attributes = [String: String]
